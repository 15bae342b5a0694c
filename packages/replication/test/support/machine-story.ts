import { BrokerId, noBroker, Offset } from "@millrace/vocabulary";
import { ModelCluster } from "./model-cluster.ts";
import type { ModelMessage, ModelReplica } from "./model-replica.ts";

/**
 * A story about replicas. Unless a line says otherwise everything under way arrives, is written and synced, before the next one.
 * Broker 0 stands for the controller.
 */
export class MachineStory {
  #cluster = new ModelCluster();
  /** Ways on which everything waits, as `1>2`. */
  readonly #held = new Set<string>();
  /** Replicas that learn nothing of the metadata, whose disks stand still, or do not sync. */
  readonly #deaf = new Set<number>();
  readonly #stuck = new Set<number>();
  readonly #unsynced = new Set<number>();
  #state = "";

  tell(line: string): string[] {
    const [command, ...words] = line.split(/\s+/);
    this.#carryOut(command!, words);
    this.#settle();
    return this.#cluster.trace.splice(0);
  }

  #carryOut(command: string, words: string[]): void {
    const id = Number(words[0]);
    switch (command) {
      case "brokers":
        return this.#begin(id, words.slice(1));
      case "produce":
        return words.slice(1).forEach((value) => this.#replica(id).produce(value));
      case "crash":
        return this.#cluster.crash(this.#replica(id), words[1] === undefined ? undefined : Number(words[1]));
      case "restart":
        return this.#cluster.restart(this.#replica(id));
      case "fence":
        return this.#cluster.controller.fence(BrokerId(id));
      case "register":
        return this.#cluster.controller.register(BrokerId(id), { isLossy: false });
      case "move":
        return this.#cluster.controller.moveTo(BrokerId(id));
      case "pass":
        return this.#pass(id);
      case "delete":
        return this.#replica(id).log.startAt(Number(words[1]));
      case "show":
        return void this.#cluster.trace.push(...this.#all().map(show));
      default:
        return this.#disturb(command, words);
    }
  }

  #disturb(command: string, words: string[]): void {
    const ids = words.map(Number);
    switch (command) {
      case "hold":
        return void this.#held.add(words[0]!);
      case "release":
        return void this.#held.delete(words[0]!);
      case "break":
        return this.#break(ids[0]!, ids[1]!);
      case "deafen":
        return ids.forEach((id) => this.#deaf.add(id));
      case "teach":
        return ids.forEach((id) => this.#deaf.delete(id));
      case "stick":
        return ids.forEach((id) => this.#stuck.add(id));
      case "free":
        return ids.forEach((id) => void (this.#stuck.delete(id), this.#unsynced.delete(id)));
      case "unsync":
        return ids.forEach((id) => this.#unsynced.add(id));
      default:
        throw new Error(`no such command: ${command}`);
    }
  }

  #begin(size: number, words: string[]): void {
    const minInSync = Number(words[words.indexOf("min") + 1] ?? 1);
    this.#cluster = new ModelCluster({ size, minInSync, isSynced: words.includes("synced") });
  }

  #break(one: number, other: number): void {
    this.#replica(one).breakWith(BrokerId(other));
    this.#replica(other).breakWith(BrokerId(one));
    const { network } = this.#cluster;
    const kept = network.filter(({ from, to }) => !([one, other].includes(from) && [one, other].includes(to)));
    network.splice(0, network.length, ...kept);
  }

  #pass(ms: number): void {
    this.#cluster.nowMs += ms;
    for (const replica of this.#all()) replica.tick();
  }

  #all(): ModelReplica[] {
    return [...this.#cluster.replicas.values()];
  }

  #replica(id: number): ModelReplica {
    return this.#cluster.replica(id);
  }

  #settle(): void {
    for (let round = 0; round < 20; round++) {
      for (const replica of this.#all()) if (replica.isUp) this.#advance(replica);
      const moving = this.#cluster.network.filter((message) => !this.#held.has(way(message)));
      const waiting = this.#cluster.network.filter((message) => this.#held.has(way(message)));
      this.#cluster.network.splice(0, Infinity, ...waiting);
      for (const message of moving) {
        this.#cluster.deliver(message);
        this.#noteState();
        this.#cluster.check();
      }
      this.#noteState();
      this.#cluster.check();
    }
  }

  #advance(replica: ModelReplica): void {
    if (!this.#deaf.has(replica.id)) this.#cluster.learnAll(replica);
    if (!this.#stuck.has(replica.id)) {
      replica.written();
      replica.finishCut();
      if (!this.#unsynced.has(replica.id)) replica.synced();
    }
    replica.subscribe();
    for (const [follower, { next }] of replica.pushing)
      if (next < replica.log.logEnd || replica.highWatermark > this.#replica(follower).highWatermark) replica.push(follower, 100);
    replica.acknowledge();
  }

  #noteState(): void {
    const { leader, leaderEpoch, isr, eligibleLeaders } = this.#cluster.controller.state;
    const eligible = eligibleLeaders.length === 0 ? "" : ` eligible=${eligibleLeaders.join(",")}`;
    const state = `controller leader=${leader} epoch=${leaderEpoch} isr=${isr.join(",")}${eligible}`;
    if (state !== this.#state) this.#cluster.trace.push(state);
    this.#state = state;
  }
}

function way({ from, to }: ModelMessage): string {
  return `${from === noBroker ? 0 : from}>${to === noBroker ? 0 : to}`;
}

/** A log as it is read: values by epoch, and how far it is committed. */
function show({ id, log, highWatermark, isUp }: ModelReplica): string {
  const epochs = new Map<number, string[]>();
  for (const { epoch, value } of log.records) epochs.set(epoch, [...(epochs.get(epoch) ?? []), value]);
  const records = [...epochs].map(([epoch, values]) => `${epoch}:${values.join(",")}`).join(" ");
  const start = log.logStart === Offset(0) ? "" : ` start=${log.logStart}`;
  return `${id} ${records === "" ? "-" : records} |${start} hw=${highWatermark}${isUp ? "" : " down"}`;
}
