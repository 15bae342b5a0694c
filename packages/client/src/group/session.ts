import type { Clock, Timer } from "@millrace/runtime";
import { assert, MillraceError, secondMs } from "@millrace/vocabulary";
import type { Cluster } from "../cluster/cluster.ts";
import { backoff } from "../waiting.ts";
import type { ClientWorld } from "../world.ts";
import { decodeAssignment, type PartitionsByTopic } from "./consumer-protocol.ts";
import { GroupCalls, type MemberOptions } from "./group-calls.ts";
import { Leadership } from "./leadership.ts";
import { Membership } from "./membership.ts";
import type { MembershipEffect, MembershipEvent } from "./membership-events.ts";

export interface SessionOptions extends MemberOptions {
  readonly heartbeatIntervalMs: number;
}

/** Who is told what the group decides. */
export interface SessionHandler {
  /** The partitions are this member's, until `release`. */
  assigned(partitions: PartitionsByTopic): void;
  /** The partitions are to be given back; with an error they are lost. Resolves when nobody works on them any more. */
  release(error: MillraceError | undefined): Promise<void>;
  /** The member is in the group no more, and will not be again. */
  stopped(error: MillraceError): void;
}

const retryBackoff = { firstMs: 50, lastMs: secondMs } as const;

/** A member of a group, in touch with its coordinator: carries out what `Membership` decides. */
export class GroupSession {
  readonly calls: GroupCalls;
  readonly #clock: Clock;
  readonly #options: SessionOptions;
  readonly #handler: SessionHandler;
  readonly #membership: Membership;
  readonly #leadership: Leadership;
  #wake: Timer | undefined;

  constructor(cluster: Cluster, world: ClientWorld, options: SessionOptions, handler: SessionHandler) {
    this.#clock = world.clock;
    this.#options = options;
    this.#handler = handler;
    const backoffMs = backoff(world.random.stream("client group"), retryBackoff);
    this.#membership = new Membership({ ...options, isStatic: options.instanceId !== undefined, backoffMs });
    this.calls = new GroupCalls(cluster, options, this.#membership);
    this.#leadership = new Leadership(cluster, world.clock, () => this.#step({ type: "outdated" }));
  }

  get memberId(): string {
    return this.#membership.memberId;
  }

  get generationId(): number {
    return this.#membership.generationId;
  }

  start(): void {
    this.#step({ type: "begun" });
  }

  /** Leaves, if that can be done within `timeoutMs`: otherwise the session runs out. */
  async leave(timeoutMs: number): Promise<void> {
    const [effect] = this.#membership.step({ type: "left" }, this.#clock.monotonicMs());
    this.#end();
    if (effect?.type !== "leave") return;
    await this.calls.persist((attemptMs) => this.calls.leave(effect.memberId, attemptMs), timeoutMs).catch(() => {});
  }

  #step(event: MembershipEvent): void {
    for (const effect of this.#membership.step(event, this.#clock.monotonicMs())) this.#carryOut(effect);
  }

  #carryOut(effect: MembershipEffect): void {
    switch (effect.type) {
      case "find":
        return this.#ask(effect.ticket, this.calls.find(), (ticket) => ({ type: "found", ticket }));
      case "join":
        this.#leadership.end();
        return this.#ask(effect.ticket, this.calls.join(effect.memberId), (ticket, response) => ({ type: "joined", ticket, response }));
      case "compute": {
        const assigned = this.#leadership.assign(effect.members);
        return this.#ask(effect.ticket, assigned, (ticket, assignments) => ({ type: "computed", ticket, assignments }));
      }
      case "sync":
        return this.#ask(effect.ticket, this.calls.sync(effect.assignments), (ticket, { assignment }) => ({
          type: "synced",
          ticket,
          assignment,
        }));
      case "beat":
        return this.#ask(effect.ticket, this.calls.beat(), (ticket) => ({ type: "beaten", ticket }));
      case "assigned":
        return this.#assigned(effect.assignment);
      case "release":
        return void this.#handler.release(effect.error).then(() => this.#step({ type: "released" }));
      case "wake":
        this.#wake?.cancel();
        this.#wake = this.#clock.timer(effect.afterMs, () => this.#step({ type: "woken" }));
        return;
      case "stopped":
        this.#end();
        return this.#handler.stopped(effect.error);
      case "leave":
        assert(false, "nobody is left but by `leave`");
    }
  }

  /** Turns what comes of a call into an event. */
  #ask<Value>(ticket: number, asked: Promise<Value>, answered: (ticket: number, value: Value) => MembershipEvent): void {
    asked.then(
      (value) => this.#step(answered(ticket, value)),
      (error: unknown) => {
        assert(error instanceof MillraceError, "a call fails with what the world did wrong", { error: String(error) });
        this.#step({ type: "failed", ticket, error });
      },
    );
  }

  /** Takes over only what this member asked for: the assignment may be of another leader's making. */
  #assigned(assignment: Buffer): void {
    const { topics } = this.#options;
    try {
      this.#handler.assigned(new Map([...decodeAssignment(assignment)].filter(([topic]) => topics.includes(topic))));
    } catch (error) {
      assert(error instanceof MillraceError, "only the bytes can be at fault", { error: String(error) });
      this.#end();
      this.#handler.stopped(error);
    }
  }

  #end(): void {
    this.#wake?.cancel();
    this.#leadership.end();
  }
}
