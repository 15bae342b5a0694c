import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { grpcPeers } from "@millrace/rpc";
import { realClock, RealKvStores, realRandom } from "@millrace/runtime/real";
import { BrokerId, MiB } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { formatQuorum, openQuorum, type Voter } from "../src/index.ts";
import { voter } from "./support/nodes.ts";
import { clusterId, silent } from "./support/quorum-story.ts";
import { Keeper } from "./support/voter.ts";

const host = "127.0.0.1";

/** A port that nobody uses now. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, host, () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** One life of a node, on real disks and connections. */
async function openNode(directory: string, self: Voter) {
  const peers = grpcPeers();
  const kv = await new RealKvStores().open(join(directory, `node-${self.nodeId}`), { bytesMax: 64 * MiB });
  const onFailure = (error: unknown) => expect(error).toBeUndefined();
  const network = { peers, random: realRandom };
  const quorum = await openQuorum({ kv, clock: realClock, logger: silent, clusterId, self, voters: [], network, onFailure });
  const [listener] = self.listeners;
  const listening = await peers.serve({ host, port: listener!.port }, quorum.methods());
  const keeper = new Keeper();
  await quorum.follow(keeper);
  const close = async () => {
    await quorum.close();
    await listening.close(0);
    await kv.close();
  };
  return { self, quorum, keeper, close };
}

type Node = Awaited<ReturnType<typeof openNode>>;

const texts = ({ keeper }: Node) => keeper.records.map(({ text }) => text);

async function leaderOf(nodes: readonly Node[]): Promise<Node> {
  const leader = () => nodes.find(({ quorum }) => quorum.role.leader);
  await expect.poll(leader, { timeout: 30_000 }).toBeDefined();
  return leader()!;
}

test("three voters over gRPC and lmdb agree, also when the leader goes and comes back", async () => {
  const directory = await mkdtemp(join(tmpdir(), "quorum-"));
  const ports = await Promise.all([freePort(), freePort(), freePort()]);
  const voters = ports.map((port, index): Voter => ({ ...voter(index + 1), listeners: [{ name: "CONTROLLER", host, port }] }));
  for (const self of voters) {
    const kv = await new RealKvStores().open(join(directory, `node-${self.nodeId}`), { bytesMax: 64 * MiB });
    await formatQuorum(kv, { clusterId, self, voters, bootstrap: [Buffer.from("[]")] });
    await kv.close();
  }
  let nodes = await Promise.all(voters.map((self) => openNode(directory, self)));
  try {
    const first = await leaderOf(nodes);
    await Promise.all(["a", "b", "c"].map((text) => first.quorum.propose([Buffer.from(text)])));
    await first.quorum.propose([Buffer.alloc(6 * MiB, "x")]);
    await first.close();
    nodes = nodes.filter((node) => node !== first);
    const second = await leaderOf(nodes);
    await second.quorum.propose([Buffer.from("d")]);
    expect(await second.quorum.read()).toBeGreaterThan(5);
    const back = await openNode(directory, first.self);
    nodes.push(back);
    await expect.poll(() => nodes.map((node) => texts(node).at(-1)), { timeout: 30_000 }).toEqual(["d", "d", "d"]);
    for (const node of nodes) expect(texts(node)).toEqual(texts(second));
    expect(texts(back)).toHaveLength(5);
    expect(back.quorum.leader).toMatchObject({ nodeId: BrokerId(second.self.nodeId) });
  } finally {
    await Promise.all(nodes.map((node) => node.close()));
    await rm(directory, { recursive: true });
  }
});
