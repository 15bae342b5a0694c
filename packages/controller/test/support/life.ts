import { decodeRecord, emptyImage, fold, type MetadataImage, SnapshotRestore } from "@millrace/metadata";
import { openQuorum, type Quorum, type QuorumFollower } from "@millrace/raft";
import { watchedQuorum } from "@millrace/raft/testing";
import type { Clock, Kv } from "@millrace/runtime";
import { type BrokerKey, Configuration, Offset } from "@millrace/vocabulary";
import { expect } from "vitest";
import { type ControllerOptions, type HostingController, openController } from "../../src/index.ts";
import { chance, clock, clusterId, self, strict } from "./world.ts";

/** Folds, beside the controller, the log as every life saw it: one record has one place, for ever. */
export class Reference {
  image: MetadataImage = emptyImage();
  /** What the log held when a node began to lead, before it decided anything. */
  found: MetadataImage | undefined;
  readonly #log = new Map<number, string>();

  /** A follower that sees what the other one sees. */
  watching(follower: QuorumFollower): QuorumFollower {
    return {
      roleChanged: (role) => {
        if (role.leader) this.found = this.image;
        follower.roleChanged(role);
      },
      restore: async (offset, term, chunks) => {
        const all: Buffer[] = [];
        for await (const chunk of chunks) all.push(chunk);
        if (this.image.offset < 0) this.#begin(offset, term, all);
        await follower.restore(offset, term, stream(all));
      },
      committed: (offset, term, records) => {
        this.#committed(offset, term, records);
        return follower.committed(offset, term, records);
      },
    };
  }

  #begin(offset: Offset, term: number, chunks: readonly Buffer[]): void {
    const restore = new SnapshotRestore();
    for (const chunk of chunks) restore.add(chunk);
    this.image = restore.finish(this.image, { offset, term }).image;
  }

  #committed(offset: Offset, term: number, records: readonly Buffer[]): void {
    for (const [index, record] of records.entries()) {
      const text = record.toString("hex");
      expect(this.#log.get(offset + index) ?? text).toBe(text);
      this.#log.set(offset + index, text);
    }
    if (offset > this.image.offset) this.image = fold(this.image, offset, term, records.map(decodeRecord)).image;
  }
}

async function* stream(chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* chunks;
}

export interface LifeOptions {
  readonly reference?: Reference;
  readonly written?: ReadonlyMap<BrokerKey, unknown>;
  readonly seed?: number;
  readonly turns?: Clock;
  readonly ask?: ControllerOptions["ask"];
}

/** One life of a controller, on whatever the store holds. */
export async function begin(kv: Kv, options: LifeOptions = {}): Promise<{ quorum: Quorum; controller: HostingController }> {
  const { reference = new Reference(), written, seed = 1, turns = clock, ask } = options;
  const quorum = await openQuorum({ kv, clock: turns, logger: strict, clusterId, self, voters: [], onFailure() {} });
  const watched = watchedQuorum(quorum, (follower) => reference.watching(follower));
  const parts = {
    clusterId,
    nodeId: self.nodeId,
    configuration: new Configuration(written),
    clock: turns,
    random: chance(seed),
    logger: strict,
    ...(ask && { ask }),
  };
  return { quorum, controller: await openController({ quorum: watched, ...parts }) };
}
