import * as fc from "fast-check";
import { decodeMessage } from "@millrace/contracts";
import { FromController } from "@millrace/contracts/session";
import { emptyImage, encodeRecord, imageHash, type MetadataRecord } from "@millrace/metadata";
import type { Encoded, PeerStream } from "@millrace/runtime";
import { Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { MetadataFollower } from "../src/metadata-follower.ts";
import { MetadataIntake } from "../src/remote/metadata-intake.ts";
import { Serial } from "../src/serial.ts";
import { MetadataFeed } from "../src/service/metadata-feed.ts";
import { MetadataTail } from "../src/service/metadata-tail.ts";
import { clock, settle } from "./support/world.ts";

/** A stream that takes so many messages and no more, until somebody reads them. */
class SlowStream implements PeerStream {
  readonly messages: FromController[] = [];
  readonly unsentBytes = 0;
  #room: number;

  constructor(room: number) {
    this.#room = room;
  }

  send(message: Encoded): boolean {
    expect(this.#room).toBeGreaterThan(0);
    this.messages.push(decodeMessage(FromController, Buffer.concat(message)));
    return --this.#room > 0;
  }

  /** Takes what has come; there is room for as much again. */
  read(): FromController[] {
    const messages = this.messages.splice(0);
    this.#room += messages.length;
    return messages;
  }

  receive(): void {}
  pause(): void {}
  resume(): void {}
  end(): void {}
  reset(): void {}
}

/** A controller's metadata, as far as feeds see it. */
class Source {
  readonly follower: MetadataFollower = new MetadataFollower(clock);
  readonly tail: MetadataTail;
  #next = 0;

  constructor(tailBytesMax: number) {
    this.tail = new MetadataTail(tailBytesMax);
  }

  /** So many settings at once, which follow a gap of the log. */
  async commit(count: number): Promise<void> {
    const offset = Offset(++this.#next);
    const records = Array.from({ length: count }, (): Buffer => encodeRecord(setting(this.#next++), 1));
    await this.follower.fold(offset, 1, records);
    this.tail.add({ offset, term: 1, records });
  }
}

function setting(number: number): MetadataRecord {
  return { type: "Config", resource: { type: "cluster" }, key: `key-${number % 7}`, value: String(number) };
}

/** A broker that follows a source over a slow stream. */
class Reader {
  readonly follower: MetadataFollower = new MetadataFollower(clock);
  readonly stream: SlowStream;
  readonly feed: MetadataFeed;
  snapshots = 0;
  readonly #intake: MetadataIntake;

  constructor({ follower, tail }: Source, room: number) {
    this.stream = new SlowStream(room);
    this.feed = new MetadataFeed({ stream: this.stream, clock, tail, image: () => follower.image }, emptyImage().offset);
    const failed = (error: unknown) => expect.unreachable(String(error));
    this.#intake = new MetadataIntake({ clock, follower: this.follower, order: new Serial(), flow: this.stream, failed });
  }

  /** Takes what has come. */
  read(): number {
    const messages = this.stream.read();
    for (const message of messages) {
      if (message.snapshotBegin !== null) this.snapshots++;
      this.#intake.take(message);
    }
    if (messages.length > 0) this.feed.drained();
    return messages.length;
  }

  async readAll(): Promise<void> {
    do await settle();
    while (this.read() > 0);
  }
}

const move = fc.oneof(fc.record({ commit: fc.integer({ min: 1, max: 30 }) }), fc.record({ read: fc.constant(true) }));

test("a broker that reads now and then ends with the controller's image, whatever it missed of the tail", async () => {
  let snapshots = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(move, { maxLength: 20 }),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom(500, 5_000, 1e6),
      async (moves, room, tail) => {
        const source = new Source(tail);
        const reader = new Reader(source, room);
        for (const one of moves) {
          if ("commit" in one) await source.commit(one.commit);
          else {
            await settle();
            reader.read();
          }
        }
        await source.commit(1);
        await reader.readAll();
        expect(imageHash(reader.follower.image)).toBe(imageHash(source.follower.image));
        expect(reader.follower.image.offset).toBe(source.follower.image.offset);
        snapshots += reader.snapshots;
      },
    ),
    { numRuns: 100 },
  );
  expect(snapshots).toBeGreaterThan(10);
});

test("a long proposal comes in parts, and nobody sees one without the others", async () => {
  const source = new Source(1e7);
  const reader = new Reader(source, 1);
  await source.commit(5_000);
  const offsets: number[] = [];
  reader.follower.watch(({ image }) => offsets.push(image.offset));
  await settle();
  const [first] = reader.stream.messages;
  expect(first?.committed).toMatchObject({ offset: 1, more: true });
  expect(first!.committed!.records.length).toBeLessThan(4_000);
  await reader.readAll();
  expect(offsets).toEqual([5_000]);
});

test("a broker that reads nothing costs the controller a place in the tail, and the tail is bounded", async () => {
  const source = new Source(10_000);
  const reader = new Reader(source, 2);
  for (let count = 0; count < 300; count++) await source.commit(10);
  await settle();
  expect(reader.stream.messages.length).toBe(2);
  const kept = Array.from({ length: source.tail.end }, (_, number) => source.tail.entry(number)).filter((entry) => entry !== undefined);
  expect(kept.length).toBeLessThan(20);
  await reader.readAll();
  expect(reader.snapshots).toBe(1);
});
