import type { Draft, UnaryMethod } from "@millrace/contracts";
import { Groups } from "@millrace/contracts/groups";
import { callMethod } from "@millrace/rpc";
import type { Address } from "@millrace/runtime";
import { type ErrorCode, MillraceError } from "@millrace/vocabulary";
import type { Cluster } from "../cluster/cluster.ts";

/** After these the coordinator is another broker, or cannot be reached; one that does not answer may stand still while another one took over. */
const gone: ReadonlySet<ErrorCode> = new Set([
  "NOT_COORDINATOR",
  "COORDINATOR_NOT_AVAILABLE",
  "CONNECTION_FAILED",
  "CLOSED",
  "REQUEST_TIMED_OUT",
]);

/** The broker that coordinates a group, as far as it is known. */
export class Coordinator {
  readonly groupId: string;
  readonly #cluster: Cluster;
  #address: Address | undefined;

  constructor(cluster: Cluster, groupId: string) {
    this.#cluster = cluster;
    this.groupId = groupId;
  }

  /** Asks any broker who it is. */
  async find(): Promise<void> {
    const { host, port } = await this.#cluster.ask(Groups.findCoordinator, { groupId: this.groupId });
    this.#address = { host, port };
  }

  /**
   * Asks the coordinator, once. Rejects with COORDINATOR_NOT_AVAILABLE while it is not known; with an error that says it is
   * elsewhere, it is not known any more.
   */
  async call<Request, Response>(
    method: UnaryMethod<Request, Response>,
    request: Draft<Request>,
    options: { readonly timeoutMs: number },
  ): Promise<Response> {
    if (this.#address === undefined) throw new MillraceError("COORDINATOR_NOT_AVAILABLE", { groupId: this.groupId });
    const { connections } = this.#cluster;
    try {
      return await callMethod(connections.to(this.#address), method, request, { headers: connections.headers, ...options });
    } catch (error) {
      if (error instanceof MillraceError && gone.has(error.code)) this.#lose(error.code);
      throw error;
    }
  }

  /**
   * Tries something that asks the coordinator, wherever it is by then, again and again while that may pass, until `timeoutMs` (those of
   * any request) are over. Rejects with what was thrown last; at once with what another try would not change.
   */
  persist<Value>(attempt: (timeoutMs: number) => Promise<Value>, timeoutMs?: number): Promise<Value> {
    return this.#cluster.persist(
      async (attemptMs) => {
        if (this.#address === undefined) await this.find();
        return attempt(attemptMs);
      },
      { timeoutMs },
    );
  }

  #lose(code: ErrorCode): void {
    if (code === "REQUEST_TIMED_OUT" && this.#address !== undefined) this.#cluster.suspect(this.#address);
    this.#address = undefined;
  }
}
