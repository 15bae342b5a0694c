import type { Clock, Kv, Logger, PeerMethod, RandomStream } from "@millrace/runtime";
import { assert, MiB, MillraceError, Offset } from "@millrace/vocabulary";
import { Meeting, type MeetingOptions } from "./birth.ts";
import { describeQuorum } from "./describe.ts";
import { Driver } from "./driver.ts";
import { HandOver } from "./hand-over.ts";
import { LeaderRequests } from "./leader-requests.ts";
import type { Links } from "./links/links.ts";
import type { RaftEffect } from "./machine/events.ts";
import { isAlone, isEmpty, leads, type RaftState } from "./machine/state.ts";
import { MemberChanges } from "./member-changes.ts";
import type { NodeIdentity, Quorum, QuorumDescription, QuorumFollower, QuorumLeader, Role } from "./quorum.ts";
import { endOfSnapshot, type SnapshotDescription } from "./snapshot-description.ts";
import type { Stored } from "./store.ts";
import type { StaticVoter, Voter, VoterId } from "./voters.ts";
import { Waits } from "./waits.ts";

/** A proposal is one entry, and an entry is one value of the store and one message to each voter. */
export const proposalBytesMax: number = 8 * MiB;

/** What the shell needs of the world. */
export interface ShellOptions {
  readonly kv: Kv;
  readonly clock: Clock;
  readonly logger: Logger;
  /** A stream of its own. */
  readonly chance: RandomStream;
  /** The ways to the other nodes; undefined where there is no network, and the only voter is this one. */
  readonly links: Links | undefined;
  /** The quorum has failed and is closed: nothing was acknowledged since. Called once. */
  readonly onFailure: (error: unknown) => void;
}

/** Feeds the machine, and carries out what it says. */
export class QuorumShell implements Quorum {
  readonly #options: ShellOptions;
  readonly #driver: Driver;
  readonly #changes: MemberChanges;
  /** Those that wait for the follower to be so far. */
  readonly #followWaits: Waits;
  readonly #requests: LeaderRequests;
  readonly #watchers = new Set<(leader: QuorumLeader | undefined) => void>();
  #meeting: Meeting | undefined;
  #follower: QuorumFollower | undefined;
  #handOver: HandOver | undefined;
  #election: { won: () => void; failed: (error: unknown) => void } | undefined;
  #isClosed = false;
  role: Role;
  leader: QuorumLeader | undefined;

  constructor(options: ShellOptions, stored: Stored) {
    const { kv, clock, chance } = options;
    this.#options = options;
    this.#driver = new Driver(
      {
        kv,
        clock,
        chance,
        carryOut: (effect) => this.#carryOut(effect),
        installed: (snapshot) => this.#installed(snapshot),
        failed: (error) => this.#fail(error),
      },
      stored,
    );
    this.#followWaits = new Waits(endOfSnapshot(stored.snapshot));
    this.#requests = new LeaderRequests(this.#driver, endOfSnapshot(stored.snapshot));
    this.#changes = new MemberChanges(this.#driver, clock, (end) => this.#requests.until(end));
    this.role = { leader: false, term: stored.term };
  }

  /** What the machine knows; only it changes that. For whoever checks what must always hold. */
  get state(): RaftState {
    return this.#driver.state;
  }

  get nextOffset(): Offset {
    return Offset(this.#driver.state.log.end + this.#requests.heldRecords);
  }

  /**
   * Begins. Where this voter is alone, resolves when it has won a term, and rejects where the store fails. A node that is empty meets
   * those that configuration names, if it is one of them.
   */
  async start(meeting: MeetingOptions | undefined): Promise<void> {
    const { state } = this.#driver;
    this.#options.links?.begin(this.#driver, (error) => this.#fail(error));
    if (isEmpty(state) && meeting?.voters.some(({ nodeId }) => nodeId === state.self.nodeId)) this.#meet(meeting);
    if (!isAlone(state)) return this.#driver.step({ type: "start" });
    await new Promise<void>((won, failed) => {
      this.#election = { won, failed };
      this.#driver.step({ type: "start" });
    });
  }

  watchLeader(watcher: (leader: QuorumLeader | undefined) => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  async propose(records: readonly Uint8Array[]): Promise<Offset> {
    const bytes = records.reduce((sum, { length }) => sum + length, 0);
    assert(records.length > 0 && bytes <= proposalBytesMax, "a proposal is bounded", { records: records.length, bytes, proposalBytesMax });
    if (!this.role.leader) throw this.#notLeading();
    return this.#requests.propose(records);
  }

  async read(): Promise<Offset> {
    if (!this.role.leader) throw this.#notLeading();
    return this.#requests.read();
  }

  async follow(follower: QuorumFollower): Promise<void> {
    assert(this.#follower === undefined, "a quorum has one follower");
    if (this.#isClosed) throw new MillraceError("CLOSED");
    this.#follower = follower;
    const snapshot = await this.#restore(follower);
    if (this.#isClosed) throw new MillraceError("CLOSED");
    const { kv, clock } = this.#options;
    const onPosition = (position: Offset) => this.#reached(position);
    this.#handOver = new HandOver(endOfSnapshot(snapshot), { kv, clock, follower, onPosition, onFailure: (error) => this.#fail(error) });
    const { releasedEnd } = this.#driver.state;
    this.#handOver.advance(releasedEnd);
    this.#reached(this.#handOver.position);
    await this.#followWaits.until(releasedEnd);
  }

  snapshot(offset: Offset, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const { committedEnd } = this.#driver.state;
    assert(offset < committedEnd, "a snapshot holds what is committed", { offset, committedEnd });
    return this.#driver.afterSnapshots(() => this.#driver.takeSnapshot(offset, chunks));
  }

  describe(): QuorumDescription {
    return describeQuorum(this.#driver.state, this.leader, this.#options.clock);
  }

  addVoter(voter: Voter, { timeoutMs }: { timeoutMs: number }): Promise<void> {
    return this.#changes.add(voter, timeoutMs);
  }

  removeVoter(id: VoterId): Promise<void> {
    return this.#changes.remove(id);
  }

  transfer(to: VoterId): Promise<void> {
    return this.#changes.transfer(to);
  }

  async identify(node: StaticVoter): Promise<NodeIdentity> {
    if (this.#options.links === undefined) throw new MillraceError("INVALID_REQUEST", { reason: "this voter is alone, without a network" });
    return this.#options.links.identify(node);
  }

  methods(): PeerMethod[] {
    return this.#options.links?.methods() ?? [];
  }

  async close(): Promise<void> {
    this.#end(this.#notLeading());
    await Promise.all([this.#driver.stop(), this.#handOver?.stop()]);
  }

  #meet(options: MeetingOptions): void {
    this.#meeting = new Meeting(options, this.#driver);
    void this.#meeting.begin();
  }

  /** The latest snapshot, and again where another one has come meanwhile. */
  async #restore(follower: QuorumFollower): Promise<SnapshotDescription> {
    const { snapshots } = this.#driver;
    for (;;) {
      const { current } = snapshots;
      await this.#driver.afterSnapshots(() => follower.restore(current.offset, current.term, snapshots.read()));
      if (snapshots.current === current || this.#isClosed) return current;
    }
  }

  #carryOut(effect: RaftEffect): void {
    switch (effect.type) {
      case "commit":
        return this.#handOver?.advance(effect.end);
      case "lead":
        return this.#elected();
      case "resign":
        return this.#resign();
      case "leaderChanged":
        return this.#leaderChanged(effect.leader);
      case "readReady":
        return this.#requests.readReady(effect.ids, effect.end);
      case "transferFailed":
        this.#changes.transferFailed();
        return this.#requests.releaseHeld();
      case "send":
        return this.#options.links?.send(effect.message);
      case "votersChanged":
        return this.#options.links?.reach(effect.set);
      case "caughtUp":
        return this.#changes.caughtUp(effect.learner);
    }
  }

  #elected(): void {
    this.#election?.won();
    this.#election = undefined;
    if (this.#handOver !== undefined) this.#reached(this.#handOver.position);
  }

  /** The follower is so far: this node leads from when that is everything of earlier terms. */
  #reached(position: Offset): void {
    const { state } = this.#driver;
    if (!this.role.leader && leads(state) && position >= state.leadership!.termStart) this.#setRole({ leader: true, term: state.term });
    this.#followWaits.reach(position);
    this.#requests.reach(position);
  }

  #resign(): void {
    const error = this.#notLeading();
    if (this.role.leader) this.#setRole({ leader: false, term: this.#driver.state.term });
    this.#requests.abandon(error);
    this.#changes.resigned(error);
  }

  #leaderChanged(leader: VoterId | undefined): void {
    this.leader = leader && { ...leader, term: this.#driver.state.term };
    this.#changes.leaderChanged();
    for (const watcher of this.#watchers) watcher(this.leader);
  }

  #installed(snapshot: SnapshotDescription): void {
    this.#handOver?.restore(endOfSnapshot(snapshot), async () => void (await this.#restore(this.#follower!)));
  }

  #setRole(role: Role): void {
    this.role = role;
    this.#options.logger.info("controller role changed", { ...role });
    this.#follower?.roleChanged(role);
  }

  #notLeading(): MillraceError {
    return new MillraceError("NOT_CONTROLLER", { term: this.#driver.state.term });
  }

  #fail(error: unknown): void {
    if (this.#isClosed) return;
    this.#options.logger.error("quorum failed", { error });
    this.#end(new MillraceError("NOT_CONTROLLER", { term: this.role.term }, { cause: error }));
    if (this.#election === undefined) this.#options.onFailure(error);
    else this.#election.failed(error);
  }

  /** Nothing is acknowledged, handed over or written from here on, but for the commit that is under way. */
  #end(reason: MillraceError): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    void this.#driver.stop();
    void this.#handOver?.stop();
    this.#options.links?.close();
    this.#meeting?.close();
    this.#resign();
    this.#followWaits.abandon(reason);
  }
}
