import type { Kv } from "@millrace/runtime";
import type { Offset } from "@millrace/vocabulary";
import { formatQuorum, openQuorum, type Quorum, type QuorumFollower } from "../../src/index.ts";
import { MemoryKv } from "../../src/testing/index.ts";
import { clock, clusterId, self, silent, voters } from "./quorum-story.ts";

/** A follower that keeps every record, and the whole of it as its snapshot. */
export class Keeper implements QuorumFollower {
  records: { offset: number; term: number; text: string }[] = [];
  leads = false;

  async restore(_offset: Offset, _term: number, chunks: AsyncIterable<Buffer>): Promise<void> {
    this.records = [];
    for await (const chunk of chunks) this.records.push(...(JSON.parse(chunk.toString()) as typeof this.records));
  }

  committed(offset: Offset, term: number, records: readonly Buffer[]): void {
    this.records.push(...records.map((record, index) => ({ offset: offset + index, term, text: record.toString() })));
  }

  roleChanged({ leader }: { leader: boolean }): void {
    this.leads = leader;
  }

  /** The state as a snapshot, one chunk for each record. */
  async *chunks(): AsyncGenerator<Buffer> {
    const taken = this.records.slice();
    for (const record of taken) yield Buffer.from(JSON.stringify([record]));
  }
}

/** A store that is formatted and holds no record. */
export async function formatted(kv: MemoryKv = new MemoryKv()): Promise<MemoryKv> {
  await formatQuorum(kv, { clusterId, self, voters, bootstrap: [Buffer.from("[]")] });
  return kv;
}

/** A voter that leads, and its follower. */
export async function leading(kv: Kv, onFailure: (error: unknown) => void = () => {}): Promise<{ quorum: Quorum; keeper: Keeper }> {
  const keeper = new Keeper();
  const quorum = await openQuorum({ kv, clock, logger: silent, clusterId, self, voters: [], onFailure });
  await quorum.follow(keeper);
  return { quorum, keeper };
}
