import { LocalCluster } from "../support/local-cluster.ts";
import type { FailoverCluster } from "./failover-cluster.ts";
import { tellFailover } from "./stories.ts";

tellFailover("as processes of millrace up", async (): Promise<FailoverCluster> => {
  const cluster = await LocalCluster.start({ brokers: 3 });
  const order = async (verb: "kill" | "pause" | "restart", id: number) => {
    const { code, stderr } = await cluster.order(verb, id);
    if (code !== 0) throw new Error(`millrace ${verb} ${id}: ${stderr}`);
  };
  return {
    addresses: cluster.addresses,
    kill: (id) => order("kill", id),
    restart: (id) => order("restart", id),
    pause: (id) => order("pause", id),
    resume: (id) => order("restart", id),
    [Symbol.asyncDispose]: () => cluster[Symbol.asyncDispose](),
  };
});
