import { expect, test } from "vitest";
import { formatQuorum, openQuorum } from "../src/index.ts";
import { MemoryKv } from "../src/testing/index.ts";
import { clock, clusterId, self as id, silent as logger } from "./support/quorum-story.ts";

test("the README's example says what it does", async () => {
  const kv = new MemoryKv();
  const { nodeId, directoryId } = id;
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);
  const stop = (error: unknown) => expect(error).toBeUndefined();
  const state = {
    texts: [] as string[],
    begin: (texts: string[]) => void (state.texts = texts),
    apply: (records: readonly Buffer[]) => void state.texts.push(...records.map(String)),
    async *chunks() {
      for (const text of state.texts.slice()) yield Buffer.from(text);
    },
  };
  const gather = async (chunks: AsyncIterable<Buffer>) => {
    const texts: string[] = [];
    for await (const chunk of chunks) texts.push(chunk.toString());
    return texts;
  };

  const self = { nodeId, directoryId };
  await formatQuorum(kv, { clusterId, self, voters: [{ ...self, listeners: [] }], bootstrap: [Buffer.from("nothing yet")] });
  const quorum = await openQuorum({ kv, clock, logger, clusterId, self, voters: [], onFailure: (error) => stop(error) });
  await quorum.follow({
    restore: async (_offset, _term, chunks) => state.begin(await gather(chunks)),
    committed: (_offset, _term, records) => state.apply(records),
    roleChanged: ({ leader, term }) => log(`${leader ? "leads" : "follows"} in term ${term}`),
  });
  const offset = await quorum.propose([Buffer.from("a"), Buffer.from("b")]);
  await quorum.snapshot(offset, state.chunks());

  expect([lines, state.texts, offset]).toEqual([["leads in term 1"], ["nothing yet", "a", "b"], 3]);
});
