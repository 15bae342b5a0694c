import type { Clock, Logger } from "@millrace/runtime";
import { BrokerId, codeOf, MillraceError, Offset, type Uuid } from "@millrace/vocabulary";
import { formatQuorum, openQuorum, type Quorum, type QuorumFollower, type Role } from "../../src/index.ts";
import { MemoryKv } from "../../src/testing/index.ts";
import { printChange, printStore } from "./print-store.ts";

export const clusterId = "Y2x1c3Rlci1jbHVzdGVyLQ" as Uuid;
export const self = { nodeId: BrokerId(1), directoryId: "ZGlyZWN0b3J5LWRpcmVjdA" as Uuid };
export const voters = [{ ...self, listeners: [{ name: "CONTROLLER", host: "127.0.0.1", port: 9192 }] }];

/** A clock whose turns are those of the event loop, and whose time stands still. */
export const clock: Clock = {
  monotonicMs: () => 0,
  wallMs: () => 0,
  timer: () => ({ cancel() {} }),
  afterTurn: (callback) => void setImmediate(callback),
};

export const silent: Logger = { error() {}, warn() {}, info() {}, debug() {}, with: () => silent };

/** Lets everything happen that can, without time going by. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Carries out a story about one quorum, and writes down what its follower and its callers see. */
export class QuorumStory {
  #kv = new MemoryKv();
  #quorum: Quorum | undefined;
  #trace: string[] = [];
  #broken: unknown;
  #applied: { offset: number; text: string }[] = [];

  async tell(line: string): Promise<string[]> {
    const [command, ...words] = line.split(/\s+/);
    void this.#carryOut(command!, words).catch((error: unknown) => this.#rejected(command!, error));
    await settle();
    if (this.#broken !== undefined) throw this.#broken;
    return this.#trace.splice(0);
  }

  #rejected(command: string, error: unknown): void {
    if (error instanceof MillraceError) this.#trace.push(`${command} rejected ${error.code}`);
    else this.#broken = error;
  }

  async #carryOut(command: string, words: string[]): Promise<unknown> {
    switch (command) {
      case "format":
        return formatQuorum(this.#kv, { clusterId, self, voters, bootstrap: words.map((word) => Buffer.from(word)) });
      case "open":
        return this.#open();
      case "follow":
        return this.#quorum!.follow(this.#follower());
      case "propose":
        return this.#propose(words);
      case "snapshot":
        return this.#snapshot(Offset(Number(words[0])));
      case "close":
        return this.#quorum!.close();
      case "store":
        return this.#trace.push(...printStore(this.#kv));
      default:
        return this.#disturb(command);
    }
  }

  #disturb(command: string): void {
    switch (command) {
      case "hold":
        return this.#kv.hold();
      case "waiting":
        return void this.#trace.push(...this.#kv.waiting.map((changes) => `commit ${changes.map(printChange).join(", ")}`));
      case "release":
        return this.#kv.release();
      case "fail":
        return this.#kv.fail(new Error("the disk is gone"));
      case "crash":
        this.#kv = this.#kv.crash();
        this.#applied = [];
        return;
      default:
        throw new Error(`no such command: ${command}`);
    }
  }

  async #open(): Promise<void> {
    const onFailure = (error: unknown) => this.#trace.push(`failed: ${(error as Error).message}`);
    this.#quorum = await openQuorum({ kv: this.#kv, clock, logger: silent, clusterId, self, voters: [], onFailure });
    this.#trace.push("opened");
  }

  async #propose(words: string[]): Promise<void> {
    const name = words.join("+");
    const first = this.#quorum!.nextOffset;
    try {
      const last = await this.#quorum!.propose(words.map((word) => Buffer.from(word)));
      this.#trace.push(`${name} is at ${first}${last === first ? "" : ` to ${last}`}`);
    } catch (error) {
      this.#trace.push(`${name} rejected ${codeOf(error)}`);
    }
  }

  async #snapshot(offset: Offset): Promise<void> {
    const chunks = this.#applied.filter((one) => one.offset <= offset);
    await this.#quorum!.snapshot(
      offset,
      (async function* () {
        for (const { text } of chunks) yield Buffer.from(text);
      })(),
    );
    this.#trace.push(`snapshot at ${offset}`);
  }

  #follower(): QuorumFollower {
    return {
      restore: async (offset, term, chunks) => {
        this.#applied = [];
        for await (const chunk of chunks) this.#applied.push({ offset, text: chunk.toString() });
        this.#trace.push(`restore offset=${offset} term=${term} ${this.#applied.map(({ text }) => text).join(" ")}`);
      },
      committed: (offset, term, records) => {
        this.#applied.push(...records.map((record, index) => ({ offset: offset + index, text: String(record) })));
        this.#trace.push(`committed offset=${offset} term=${term} ${records.join(" ")}`);
      },
      roleChanged: ({ leader, term }: Role) => void this.#trace.push(`role leader=${leader} term=${term}`),
    };
  }
}
