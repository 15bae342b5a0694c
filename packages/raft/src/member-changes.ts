import type { Clock } from "@millrace/runtime";
import { MillraceError, type Offset } from "@millrace/vocabulary";
import type { Driver } from "./driver.ts";
import type { VoterChange } from "./machine/events.ts";
import { voterChangeFault } from "./machine/membership.ts";
import { isVoter } from "./machine/state.ts";
import { isSameVoter, type Voter, type VoterId, voterKey } from "./voters.ts";

interface Outcome {
  readonly done: () => void;
  readonly failed: (error: MillraceError) => void;
}

/** Changes of who takes part and of who leads, as an operator asks for them: each may be several steps of the machine. */
export class MemberChanges {
  readonly #driver: Driver;
  readonly #clock: Clock;
  /** Resolves when everything below is committed and handed over, and rejects when this node no longer leads. */
  readonly #until: (end: Offset) => Promise<void>;
  readonly #learning = new Map<string, Outcome>();
  #transfer: Outcome | undefined;

  constructor(driver: Driver, clock: Clock, until: (end: Offset) => Promise<void>) {
    this.#driver = driver;
    this.#clock = clock;
    this.#until = until;
  }

  async add(voter: Voter, timeoutMs: number): Promise<void> {
    const { sets } = this.#driver.state;
    const isLearning = sets.current.learners.some((learner) => isSameVoter(learner, voter));
    if (!isLearning) await this.#change({ type: "addLearner", voter });
    else this.#check({ type: "promote", id: voter });
    await this.#caughtUp(voter, timeoutMs);
    await this.#change({ type: "promote", id: voter });
  }

  async remove(id: VoterId): Promise<void> {
    await this.#change({ type: "remove", id });
  }

  async transfer(to: VoterId): Promise<void> {
    const { state } = this.#driver;
    const { nodeId, directoryId } = to;
    if (state.leadership?.isTold !== true) throw new MillraceError("NOT_CONTROLLER", { term: state.term });
    if (isSameVoter(to, state.self)) return;
    if (!isVoter(state, to)) throw new MillraceError("VOTER_NOT_FOUND", { nodeId, directoryId });
    if (this.#transfer !== undefined)
      throw new MillraceError("REASSIGNMENT_IN_PROGRESS", { nodeId, reason: "the lead is being handed over" });
    await new Promise<void>((done, failed) => {
      this.#transfer = { done, failed };
      this.#driver.step({ type: "transfer", to });
    });
  }

  caughtUp(learner: VoterId): void {
    this.#learning.get(voterKey(learner))?.done();
  }

  transferFailed(): void {
    this.#transfer?.failed(new MillraceError("REQUEST_TIMED_OUT", { term: this.#driver.state.term }));
    this.#transfer = undefined;
  }

  /** Another leader, or none: what was handed over is gone. */
  leaderChanged(): void {
    if (this.#driver.state.leadership !== undefined) return;
    this.#transfer?.done();
    this.#transfer = undefined;
  }

  resigned(error: MillraceError): void {
    for (const { failed } of this.#learning.values()) failed(error);
    this.#learning.clear();
  }

  #check(change: VoterChange): void {
    const fault = voterChangeFault(this.#driver.state, change);
    if (fault !== undefined) throw fault;
  }

  async #change(change: VoterChange): Promise<void> {
    this.#check(change);
    this.#driver.step({ type: "changeVoters", change });
    await this.#until(this.#driver.state.log.end);
  }

  #caughtUp(learner: VoterId, timeoutMs: number): Promise<void> {
    const key = voterKey(learner);
    return new Promise<void>((done, failed) => {
      const error = new MillraceError("REQUEST_TIMED_OUT", { nodeId: learner.nodeId, timeoutMs, reason: "it has not caught up" });
      const timer = this.#clock.timer(timeoutMs, () => end(() => failed(error)));
      const end = (act: () => void) => {
        timer.cancel();
        this.#learning.delete(key);
        act();
      };
      this.#learning.set(key, { done: () => end(done), failed: (reason) => end(() => failed(reason)) });
    });
  }
}
