import type { Broker } from "../../broker.ts";
import { brokerMetrics } from "../../metering/broker-metrics.ts";
import { expose, expositionType } from "../../metering/exposition.ts";
import { groupMetrics } from "../../metering/group-metrics.ts";
import { replicationMetrics } from "../../metering/replication-metrics.ts";
import { topicMetrics } from "../../metering/topic-metrics.ts";
import { isKnownHost } from "./known-host.ts";
import { readiness } from "./readiness.ts";

/** A request, as far as this door looks at it. */
export interface HttpRequest {
  readonly method: string;
  /** With what follows a question mark. */
  readonly target: string;
  /** The Host header; undefined: there is none. */
  readonly host: string | undefined;
}

export interface HttpResponse {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const text = "text/plain; charset=utf-8";
const json = "application/json; charset=utf-8";

/** The HTTP door: health for orchestrators, metrics for Prometheus. */
export class HttpDoor {
  readonly #broker: Broker;
  readonly #doors: { readonly connections: number };

  constructor(broker: Broker, doors: { readonly connections: number }) {
    this.#broker = broker;
    this.#doors = doors;
  }

  async handle({ method, target, host }: HttpRequest): Promise<HttpResponse> {
    // A page of another site may resolve its own name to this address; its requests bear that name (DNS rebinding).
    if (!isKnownHost(host, this.#broker)) {
      return {
        status: 421,
        type: text,
        body: `this broker is not ${JSON.stringify(host ?? "")}; add the name to millrace.http.hosts if it should be\n`,
      };
    }
    if (method !== "GET" && method !== "HEAD")
      return { status: 405, type: text, body: "only GET and HEAD\n", headers: { allow: "GET, HEAD" } };
    return this.#get(target.split("?", 1)[0]!);
  }

  async #get(path: string): Promise<HttpResponse> {
    switch (path) {
      case "/":
        return { status: 200, type: text, body: this.#welcome() };
      case "/healthz":
        return { status: 200, type: json, body: `${JSON.stringify({ status: "ok" })}\n` };
      case "/readyz": {
        const reasons = readiness(this.#broker);
        const isReady = reasons.length === 0;
        return {
          status: isReady ? 200 : 503,
          type: json,
          body: `${JSON.stringify({ status: isReady ? "ready" : "not ready", reasons })}\n`,
        };
      }
      case "/metrics":
        return { status: 200, type: expositionType, body: await this.#metrics() };
      default:
        return { status: 404, type: text, body: "there are /healthz, /readyz and /metrics\n" };
    }
  }

  #welcome(): string {
    const { self, clusterId, version } = this.#broker;
    return `Millrace ${version}, broker ${self} of cluster ${clusterId}\n\n/healthz  /readyz  /metrics\n`;
  }

  async #metrics(): Promise<string> {
    const metrics = [
      ...(await brokerMetrics(this.#broker, this.#doors)),
      ...topicMetrics(this.#broker),
      ...replicationMetrics(this.#broker),
      ...(await groupMetrics(this.#broker)),
    ];
    return expose(metrics, () => new Promise((resolve) => this.#broker.clock.afterTurn(resolve)));
  }
}
