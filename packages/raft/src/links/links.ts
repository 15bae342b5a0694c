import { Raft } from "@millrace/contracts/raft";
import type { Clock, Logger, PeerCloseReason, PeerMethod, Peers, PeerStream } from "@millrace/runtime";
import { MillraceError } from "@millrace/vocabulary";
import type { Driver } from "../driver.ts";
import { answerIdentity, askIdentity } from "../identify.ts";
import type { RaftMessage } from "../machine/messages.ts";
import { isEmpty } from "../machine/state.ts";
import type { NodeIdentity, RecordLevels } from "../quorum.ts";
import { isSameVoter, membersOf, type StaticVoter, type Voter, type VoterId, type VoterSet, voterKey } from "../voters.ts";
import { answerHello, type HandshakeReceiver, type Met } from "./handshake.ts";
import type { Identity } from "./hello.ts";
import { Link } from "./link.ts";
import { decodePeerMessage, encodePeerMessage } from "./wire.ts";

/** So many nodes may have a stream to this one: far more than any quorum has, and few enough to bound what they cost. */
const linksMax = 32;

export interface LinksOptions {
  readonly own: Identity;
  /** Of the log's records, for whoever asks. */
  readonly levels: RecordLevels | undefined;
  /** The nodes that configuration names: it is asked before the set of voters, since all of them may have moved while none led. */
  readonly named: readonly StaticVoter[];
  readonly peers: Peers;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The ways to all other nodes of the quorum. */
export class Links {
  readonly #options: LinksOptions;
  readonly #links = new Map<string, Link>();
  /** Why each node was refused last, so that it is logged once. */
  readonly #refusals = new Map<string, string>();
  #driver: Driver | undefined;
  #onFailure: (error: unknown) => void = () => {};
  #isClosed = false;

  constructor(options: LinksOptions) {
    this.#options = options;
  }

  /** Begins to reach everybody. What comes in is told to the driver; what a later version wrote is a failure. */
  begin(driver: Driver, onFailure: (error: unknown) => void): void {
    this.#driver = driver;
    this.#onFailure = onFailure;
    this.reach(driver.state.sets.current);
  }

  /** Keeps a stream to each member, and to nobody else by itself. */
  reach(set: VoterSet): void {
    const { self } = this.#options.own;
    const members = membersOf(set).filter((member) => !isSameVoter(member, self));
    const keys = new Set(members.map(voterKey));
    for (const [key, link] of this.#links) if (!keys.has(key)) link.leave();
    for (const member of members) this.#link(member).reach({ ...member, listeners: this.#listenersOf(member) });
  }

  send(message: RaftMessage): void {
    const link = this.#links.get(voterKey(message.to));
    if (link?.isStanding !== true) return;
    if (message.type !== "chunk" || message.snapshot.chunks === 0) return link.send(encodePeerMessage(message));
    const bytes = this.#driver!.snapshots.chunk(message.snapshot.offset, message.index);
    if (bytes !== undefined) link.send(encodePeerMessage({ ...message, bytes }));
  }

  /** Asks whoever is there. */
  async identify(node: StaticVoter): Promise<NodeIdentity> {
    const [listener] = this.#listenersOf(node);
    if (listener === undefined) throw new MillraceError("CONNECTION_FAILED", { nodeId: node.nodeId, reason: "it has no address" });
    const channel = this.#options.peers.channel({ host: listener.host, port: listener.port });
    try {
      return await askIdentity(channel, this.#options.own.clusterId);
    } finally {
      channel.close();
    }
  }

  methods(): PeerMethod[] {
    return [
      { kind: "stream", path: Raft.exchange.path, handle: (stream) => this.#accept(stream) },
      { kind: "unary", path: Raft.identify.path, handle: async (request) => [this.#identify(request)] },
    ];
  }

  close(): void {
    this.#isClosed = true;
    for (const link of this.#links.values()) link.close();
  }

  #listenersOf({ nodeId, listeners }: StaticVoter): Voter["listeners"] {
    return this.#options.named.find((each) => each.nodeId === nodeId)?.listeners ?? listeners;
  }

  #link(id: VoterId): Link {
    const key = voterKey(id);
    const found = this.#links.get(key);
    if (found !== undefined) return found;
    const { nodeId, directoryId } = id;
    const link = new Link(
      { nodeId, directoryId },
      {
        ...this.#options,
        connected: (peer) => this.#connected(peer),
        disconnected: (peer, reason) => this.#disconnected(peer, reason),
        message: (peer, message, stream) => this.#received(peer, message, stream),
        refused: (peer, reason) => this.#refused(peer, reason),
      },
    );
    this.#links.set(key, link);
    return link;
  }

  #accept(stream: PeerStream): void {
    if (this.#isClosed) throw new MillraceError("CLOSED");
    let link: Link | undefined;
    const receiver: HandshakeReceiver = {
      met: (met) => void (link = this.#met(met)),
      message: (from, message) => link?.message(from, message),
      closed: (which, reason) => link?.closed(which, reason),
    };
    answerHello(stream, this.#options.own, this.#options.clock, receiver);
  }

  #met(met: Met): Link {
    this.#forgetIdle();
    if (!this.#links.has(voterKey(met.voter)) && this.#links.size >= linksMax) throw new MillraceError("INVALID_REQUEST", { linksMax });
    const link = this.#link(met.voter);
    link.accept(met);
    return link;
  }

  /** Nodes that do not take part and have no stream any more. */
  #forgetIdle(): void {
    const keys = new Set(membersOf(this.#driver!.state.sets.current).map(voterKey));
    for (const [key, link] of this.#links) if (!keys.has(key) && !link.isStanding) this.#links.delete(key);
  }

  #identify(request: Buffer): Buffer {
    const { own, levels } = this.#options;
    return answerIdentity(request, own.clusterId, { id: own.self, isEmpty: isEmpty(this.#driver!.state), levels });
  }

  #connected(peer: VoterId): void {
    this.#options.logger.debug("controller reached", { node: peer.nodeId });
    this.#refusals.delete(voterKey(peer));
    this.#driver!.step({ type: "connected", peer });
  }

  #disconnected(peer: VoterId, reason: PeerCloseReason | undefined): void {
    if (this.#isClosed) return;
    this.#options.logger.debug("controller lost", { node: peer.nodeId, reason: reason?.code });
    this.#driver!.step({ type: "disconnected", peer });
  }

  #refused(peer: VoterId, { code, facts }: PeerCloseReason): void {
    if (code === "CONNECTION_FAILED" || code === "CLOSED" || this.#refusals.get(voterKey(peer)) === code) return;
    this.#refusals.set(voterKey(peer), code);
    this.#options.logger.warn("controller refused", { node: peer.nodeId, code, ...facts });
  }

  #received(peer: VoterId, bytes: Buffer, stream: PeerStream): void {
    let message: RaftMessage;
    try {
      message = decodePeerMessage(bytes, peer, this.#options.own.self);
    } catch (error) {
      return this.#notUnderstood(peer, error, stream);
    }
    this.#driver!.step({ type: "receive", message });
  }

  /** Entries of a later version stop this node, which cannot follow any more; anything else only ends the stream. */
  #notUnderstood(peer: VoterId, error: unknown, stream: PeerStream): void {
    if (!(error instanceof MillraceError)) throw error;
    if (error.code === "LEVEL_UNKNOWN") return this.#onFailure(error);
    this.#options.logger.warn("controller sent what is no message", { node: peer.nodeId, error });
    stream.reset(error);
  }
}
