import { apiOf, decodeRequest, encodeResponse, includesVersion, type RequestHeader, readRequestHeader } from "@millrace/protocol";
import type { Socket, Timer } from "@millrace/runtime";
import { anonymous, type RequestContext } from "@millrace/security";
import { MillraceError, secondMs } from "@millrace/vocabulary";
import type { Broker } from "../../broker.ts";
import { Guard } from "../../guard.ts";
import { versionFallback } from "./api-versions-fallback.ts";
import { KafkaConnection, type FrameServer } from "./connection.ts";
import { FetchSessions } from "./fetch-sessions.ts";
import type { KafkaHandler } from "./handler.ts";
import { kafkaHandlers } from "./handlers/index.ts";

const produceKey = 0;
const apiVersionsKey = 18;
/** How often idle connections are looked for, at most. */
const idleCheckMs = 10 * secondMs;

/** Kafka's protocol: takes connections, tells what each request is, guards it, and encodes what its handler answers. */
export class KafkaDoor implements FrameServer {
  readonly #broker: Broker;
  readonly #handlers: ReadonlyMap<number, KafkaHandler<any>>;
  readonly #connections = new Set<KafkaConnection>();
  readonly #stopWatching: () => void;
  #idleTimer: Timer;

  constructor(broker: Broker) {
    this.#broker = broker;
    const fetchSessions = new FetchSessions({
      clock: broker.clock,
      random: broker.runtime.random.stream("fetch-sessions"),
      slotsMax: () => broker.configuration.get("max.incremental.fetch.session.cache.slots"),
    });
    this.#handlers = kafkaHandlers(broker, fetchSessions);
    this.#stopWatching = broker.memory.watch(() => {
      for (const connection of this.#connections) connection.reconsider();
    });
    this.#idleTimer = this.#watchIdle();
  }

  get connections(): number {
    return this.#connections.size;
  }

  /** Takes over a connection whose first bytes are not read yet. */
  accept(socket: Socket, listener: string): void {
    const { clock, configuration, memory, logger } = this.#broker;
    const connection = new KafkaConnection({
      socket,
      listener,
      server: this,
      clock,
      configuration,
      memory,
      logger,
      closed: () => this.#connections.delete(connection),
    });
    this.#connections.add(connection);
    socket.receive(connection);
  }

  /** Closes every connection. */
  close(): void {
    this.#stopWatching();
    this.#idleTimer.cancel();
    for (const connection of this.#connections) connection.close(undefined);
  }

  mayOverlap(frame: Buffer): boolean {
    return frame.length >= 2 && frame.readInt16BE(0) === produceKey;
  }

  async serve(frame: Buffer, connection: KafkaConnection): Promise<readonly Buffer[] | undefined> {
    const header = readRequestHeader(frame);
    const api = apiOf(header.apiKey);
    const handler = this.#handlers.get(header.apiKey);
    if (api === undefined || handler === undefined) throw new MillraceError("UNSUPPORTED_VERSION", { apiKey: header.apiKey });
    if (!includesVersion(api.request.versions, header.apiVersion)) return this.#unsupported(header);
    const request: unknown = decodeRequest(api, header, frame);
    const context = this.#contextOf(header, connection);
    const guard = new Guard(handler.guarded, this.#broker, context);
    const finish = this.#broker.requests.begin("kafka", handler.name, frame.length);
    try {
      const response = await handler.handle(request, { version: header.apiVersion, context, guard, signal: connection.signal });
      const heldUpMs = guard.charge(1);
      const encoded =
        response === undefined
          ? undefined
          : encodeResponse(
              api,
              header.apiVersion,
              header.correlationId,
              heldUpMs > 0 ? { ...response, throttleTimeMs: heldUpMs } : response,
            );
      finish({ failed: false, responseBytes: encoded?.bytes ?? 0 });
      return encoded?.parts;
    } catch (error) {
      finish({ failed: true, responseBytes: 0 });
      throw error;
    }
  }

  /** ApiVersions is answered in every version, since its client cannot know better (KIP-511); anything else closes the connection. */
  #unsupported({ apiKey, apiVersion, correlationId }: RequestHeader): readonly Buffer[] {
    if (apiKey === apiVersionsKey) return versionFallback(correlationId);
    throw new MillraceError("UNSUPPORTED_VERSION", { apiKey, apiVersion });
  }

  #contextOf({ clientId }: RequestHeader, { socket, listener }: KafkaConnection): RequestContext {
    return {
      door: "kafka",
      principal: anonymous,
      listener,
      clientId: clientId ?? "",
      remote: socket.remote,
      local: socket.local,
      deadlineMs: undefined,
    };
  }

  #watchIdle(): Timer {
    const { clock, configuration } = this.#broker;
    const idleMaxMs = configuration.get("connections.max.idle.ms");
    return clock.timer(Math.min(idleCheckMs, idleMaxMs / 2), () => {
      const idleSinceMs = clock.monotonicMs() - configuration.get("connections.max.idle.ms");
      for (const connection of this.#connections) {
        if ((connection.idleSinceMs ?? Infinity) < idleSinceMs) connection.close(new MillraceError("CLOSED", { reason: "idle" }));
      }
      this.#idleTimer = this.#watchIdle();
    });
  }
}
