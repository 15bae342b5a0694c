import type { RandomStream } from "@millrace/runtime";
import { codeOf, Offset } from "@millrace/vocabulary";
import { endOf, type LogEntry } from "../../src/entry.ts";
import type { RaftEffect, VoterChange } from "../../src/machine/events.ts";
import { voterChangeFault } from "../../src/machine/membership.ts";
import type { RaftMessage } from "../../src/machine/messages.ts";
import { membersOf, type VoterSet } from "../../src/voters.ts";
import { Cluster } from "./cluster.ts";
import { idOf, type Node, setOf, voter } from "./nodes.ts";
import { printEntries, printLog, printMessage, printSet } from "./print-machine.ts";

/** Draws that a reader can follow: 0 for node 1, a fifth more of what is possible for each of the others. */
function chanceOf(id: number): RandomStream {
  const below = (bound: number) => Math.min(Math.floor(((id - 1) * bound) / 5), bound - 1);
  return { below, bytes: (length) => Buffer.alloc(length), uuid: () => voter(id).directoryId };
}

/** A story about machines. Unless a line says otherwise everything that is under way arrives, and is stored, before the next one. */
export class MachineStory {
  readonly #cluster = new Cluster(chanceOf, (node, effect) => this.#observe(node, effect));
  /** Ways on which everything is lost, and ways on which it waits, as `1>2`. */
  readonly #cut = new Set<string>();
  readonly #slow = new Set<string>();
  /** Nodes whose disks wait. */
  readonly #stuck = new Set<number>();
  #waiting: RaftMessage[] = [];
  #roles = new Map<number, string>();
  #trace: string[] = [];

  tell(line: string): string[] {
    const [command, ...words] = line.split(/\s+/);
    this.#carryOut(command!, words);
    this.#settle();
    return this.#trace.splice(0);
  }

  #carryOut(command: string, words: string[]): void {
    const id = Number(words[0]);
    switch (command) {
      case "nodes":
        return this.#nodes(words);
      case "log":
        return this.#log(id, words.slice(1));
      case "start":
        return words.forEach((each) => this.#cluster.node(Number(each)).start(this.#cluster.nowMs));
      case "join":
        return this.#cluster.make(id, setOf([]), Number(words[1] ?? 0)).start(this.#cluster.nowMs);
      case "elect":
        return this.#elect(id);
      case "propose":
        return this.#cluster.step(id, { type: "propose", records: words.slice(1).map((word) => Buffer.from(word)) });
      case "read":
        return this.#cluster.step(id, { type: "read", id: Number(words[1]) });
      case "add":
        return this.#change(id, { type: "addLearner", voter: voter(Number(words[1]), Number(words[2] ?? 0)) });
      case "promote":
      case "remove":
        return this.#change(id, { type: command, id: idOf(this.#known(Number(words[1]))) });
      case "transfer":
        return this.#cluster.step(id, { type: "transfer", to: idOf(voter(Number(words[1]))) });
      case "snapshot":
        return this.#cluster.node(id).takeSnapshot(Offset(Number(words[1])), this.#cluster.nowMs);
      case "pass":
        return this.#pass(Number(words[0]));
      case "show":
        return void this.#trace.push(...this.#running().map((node) => printLog(node)));
      default:
        return this.#disturb(command, words);
    }
  }

  #disturb(command: string, words: string[]): void {
    const id = Number(words[0]);
    switch (command) {
      case "cut":
        return this.#ways(words).forEach((way) => this.#cut.add(way));
      case "heal":
        return this.#ways(words).forEach((way) => this.#cut.delete(way));
      case "slow":
        return this.#ways(words).forEach((way) => this.#slow.add(way));
      case "arrive":
        return this.#arrive(words);
      case "waiting":
        return void this.#trace.push(...this.#waiting.map(printMessage));
      case "connect":
        return this.#between("connected", words);
      case "break":
        return this.#between("disconnected", words);
      case "hold":
        return void this.#stuck.add(id);
      case "release":
        return void this.#stuck.delete(id);
      case "write":
        return this.#cluster.store(id);
      case "crash":
        return words.forEach((each) => this.#crash(Number(each)));
      case "restart":
        return words.forEach((each) => this.#cluster.node(Number(each)).start(this.#cluster.nowMs));
      default:
        throw new Error(`no such command: ${command}`);
    }
  }

  /** `nodes 1 2 3 learners 4`: a set that begins; nothing runs before `start`. */
  #nodes(words: string[]): void {
    const at = words.indexOf("learners");
    const voters = (at === -1 ? words : words.slice(0, at)).map(Number);
    const set: VoterSet = setOf(voters, at === -1 ? [] : words.slice(at + 1).map(Number));
    for (const { nodeId } of membersOf(set)) this.#cluster.make(nodeId, set);
  }

  /** `log 1 1:a 1:b 3:c 4`: what lies on a disk before it starts, and its term where that is not the last entry's. */
  #log(id: number, words: string[]): void {
    const { durable } = this.#cluster.node(id);
    for (const word of words) {
      const [term, text] = word.split(":");
      if (text === undefined) {
        durable.term = Number(term);
        continue;
      }
      const last = durable.entries.at(-1);
      const entry: LogEntry = {
        offset: last === undefined ? Offset(1) : endOf(last),
        term: Number(term),
        payload: { kind: "records", records: [Buffer.from(text)] },
      };
      durable.entries.push(entry);
      durable.term = entry.term;
    }
  }

  /** As if every follower had lost its leader, and this node had drawn the shortest time. */
  #elect(id: number): void {
    for (const { state } of this.#running()) if (state.role !== "leader") state.leader = undefined;
    const { state } = this.#cluster.node(id);
    state.campaignAtMs = this.#cluster.nowMs;
    this.#cluster.step(id, { type: "tick" });
  }

  #change(id: number, change: VoterChange): void {
    const fault = voterChangeFault(this.#cluster.node(id).state, change);
    if (fault === undefined) this.#cluster.step(id, { type: "changeVoters", change });
    else this.#trace.push(`${id} refuses ${codeOf(fault)}`);
  }

  /** The node of this number that lives, or one that nobody knows. */
  #known(id: number) {
    return this.#cluster.nodes.get(id)?.id ?? voter(id);
  }

  #crash(id: number): void {
    this.#cluster.crash(id);
    this.#roles.delete(id);
    this.#waiting = this.#waiting.filter(({ to }) => to.nodeId !== id);
  }

  /** Time goes by, from one tick to the next. */
  #pass(byMs: number): void {
    const untilMs = this.#cluster.nowMs + byMs;
    for (;;) {
      const next = this.#running().reduce<Node | undefined>((a, b) => (a !== undefined && a.wakeAtMs <= b.wakeAtMs ? a : b), undefined);
      if (next === undefined || next.wakeAtMs > untilMs) break;
      this.#cluster.nowMs = Math.max(this.#cluster.nowMs, next.wakeAtMs);
      this.#cluster.step(next.id.nodeId, { type: "tick" });
      this.#settle();
    }
    this.#cluster.nowMs = untilMs;
  }

  #settle(): void {
    for (let steps = 0; this.#progress(); steps++) if (steps > 10_000) throw new Error("the story does not come to rest");
  }

  /** Lets one thing happen that need not wait. */
  #progress(): boolean {
    this.#noteRoles();
    const disk = this.#running().find((node) => node.writes > 0 && !this.#stuck.has(node.id.nodeId));
    if (disk !== undefined) this.#cluster.store(disk.id.nodeId);
    else if (!this.#carry()) return false;
    return true;
  }

  #carry(): boolean {
    const message = this.#cluster.network.shift();
    if (message === undefined) return false;
    const way = `${message.from.nodeId}>${message.to.nodeId}`;
    if (this.#cut.has(way)) return true;
    if (this.#slow.has(way)) this.#waiting.push(message);
    else this.#cluster.deliver(message);
    return true;
  }

  /** `arrive 1>2`: what waited on this way, and from now on everything; `arrive 1>2 once`: only what waited. */
  #arrive([way, once]: string[]): void {
    if (once === undefined) this.#slow.delete(way!);
    const arriving = this.#waiting.filter(({ from, to }) => `${from.nodeId}>${to.nodeId}` === way);
    this.#waiting = this.#waiting.filter((message) => !arriving.includes(message));
    for (const message of arriving) this.#cluster.deliver(message);
  }

  /** `1>2`: one way; `1 2`: both; `1 *`: from and to everybody. */
  #ways([a, b]: string[]): string[] {
    if (a!.includes(">")) return [a!];
    const others = b === "*" ? [...this.#cluster.nodes.keys()].filter((id) => id !== Number(a)) : [Number(b)];
    return others.flatMap((other) => [`${a}>${other}`, `${other}>${a}`]);
  }

  #between(type: "connected" | "disconnected", words: string[]): void {
    for (const way of this.#ways(words)) {
      const [from, to] = way.split(">").map(Number);
      const node = this.#cluster.node(from!);
      if (node.isUp) this.#cluster.step(from!, { type, peer: this.#known(to!) });
    }
  }

  #running(): Node[] {
    return [...this.#cluster.nodes.values()].filter(({ isUp }) => isUp);
  }

  #noteRoles(): void {
    for (const { id, state } of this.#running()) {
      const { role, term, leader } = state;
      const follows = role === "follower" && leader !== undefined ? ` of ${leader.nodeId}` : "";
      const now = `${role}${follows} term=${term}`;
      if (this.#roles.get(id.nodeId) !== now && !(role === "follower" && leader === undefined)) this.#trace.push(`${id.nodeId} ${now}`);
      this.#roles.set(id.nodeId, now);
    }
  }

  #observe({ id, state }: Node, effect: RaftEffect): void {
    const name = id.nodeId;
    switch (effect.type) {
      case "commit":
        return void this.#trace.push(`${name} commits to=${effect.end}${printEntries(this.#cluster.node(name), effect.end)}`);
      case "lead":
        return void this.#trace.push(`${name} leads term=${effect.term}`);
      case "resign":
        return void this.#trace.push(`${name} resigns term=${effect.term}`);
      case "votersChanged":
        return void this.#trace.push(`${name} set ${printSet(effect.set)}`);
      case "installSnapshot":
        return void this.#trace.push(`${name} installs snapshot offset=${effect.snapshot.offset} term=${effect.snapshot.term}`);
      case "readReady":
        return void this.#trace.push(`${name} read ${effect.ids.join(",")} end=${effect.end}`);
      case "transferFailed":
        return void this.#trace.push(`${name} goes on term=${state.term}`);
      case "storeEntries":
        if (effect.truncateFrom !== undefined) this.#trace.push(`${name} cuts off from=${effect.truncateFrom}`);
        return;
    }
  }
}
