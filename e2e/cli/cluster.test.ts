import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { runCommand } from "../support/command.ts";
import { Millrace, millraceMain } from "../support/millrace.ts";

const clusterId = "MkU3OEVBNTcwNTJENDM2Qg";

let broker: BrokerProcess;
let millrace: Millrace;
beforeAll(async () => {
  broker = await BrokerProcess.start({ environment: { CLUSTER_ID: clusterId } });
  millrace = new Millrace(broker.bootstrap);
});
afterAll(() => broker[Symbol.asyncDispose]());

test("the state of the cluster in a screen, with the id that CLUSTER_ID gave it as its directory was formatted", async () => {
  await millrace.run("topic create orders -p 2");
  expect(await millrace.json("cluster status -o json")).toEqual({
    clusterId,
    controller: 1,
    quorum: expect.objectContaining({ leader: 1, members: [expect.objectContaining({ id: 1, role: "leader", lag: 0, caughtUpAgoMs: 0 })] }),
    brokers: [{ id: 1, address: broker.bootstrap, rack: null, isFenced: false, leads: 2, replicas: 2 }],
    topics: 1,
    partitions: 2,
    underReplicated: [],
    leaderless: [],
    features: expect.objectContaining({ "millrace.version": expect.any(Number) }),
  });
  const { stdout } = await millrace.run("cluster status");
  expect(stdout).toMatch(/^cluster +MkU3OEVBNTcwNTJENDM2Qg\ncontroller +1, term \d+\n/);
  expect(stdout).toContain("BROKER  ADDRESS");
  expect(stdout).toContain("CONTROLLER  ADDRESS");
});

test("an id in another form is refused by format, wherever it comes from", async () => {
  const directory = mkdtempSync(join(tmpdir(), "millrace-e2e-"));
  const args = [millraceMain, "format", "-s", `log.dirs=${directory}`, "-s", "node.id=1"];
  const refused = await runCommand(process.execPath, args, { environment: { CLUSTER_ID: "short" } });
  expect([refused.code, refused.stderr]).toEqual([2, 'millrace: --cluster-id: must be 22 characters of URL-safe base64, not "short"\n']);
  const done = await runCommand(process.execPath, args, { environment: { CLUSTER_ID: clusterId } });
  expect(done.stdout.toString()).toBe(`formatted ${directory} cluster.id=${clusterId} node.id=1\n`);
  rmSync(directory, { recursive: true });
});

test("settings of the cluster are set, listed with where they come from, and unset", async () => {
  expect((await millrace.run("cluster config set log.retention.ms=86400000")).stdout).toBe("cluster altered\n");
  expect(await millrace.json("cluster config list -o json")).toContainEqual(
    expect.objectContaining({ key: "log.retention.ms", value: "86400000", source: "DYNAMIC_DEFAULT_BROKER_CONFIG" }),
  );
  expect(await millrace.json("cluster config unset log.retention.ms -o json")).toEqual({
    broker: null,
    configs: { "log.retention.ms": null },
    outcome: "altered",
  });
  expect((await millrace.run("cluster config list")).stdout).not.toContain("log.retention.ms");
  expect((await millrace.run("cluster config list --all")).stdout).toMatch(/log\.retention\.ms .* DEFAULT_CONFIG/);
});

test("features are listed with the levels that every broker knows, and raised to one of them", async () => {
  const state = { feature: "millrace.version", finalised: 1, min: 1, max: 1 };
  expect(await millrace.json("cluster feature list -o json")).toEqual([state]);
  expect((await millrace.run("cluster feature list")).stdout).toMatch(/^FEATURE .*LEVEL +LOWEST +HIGHEST\nmillrace\.version +1 +1 +1\n$/);
  const change = { feature: "millrace.version", before: 1, after: 1, outcome: "unchanged" };
  expect(await millrace.json("cluster feature upgrade -o json")).toEqual([change]);
  expect(await millrace.json("cluster feature upgrade millrace.version=1 --dry-run -o json")).toEqual([change]);
});

test("a level that somebody does not know, and a text that is no level, are refused by their exit codes, and say what there is", async () => {
  const unknown = await millrace.run("cluster feature upgrade millrace.version=99");
  expect([unknown.code, unknown.stdout]).toEqual([1, ""]);
  expect(unknown.stderr).toMatch(/^millrace: INVALID_UPDATE_VERSION: .*level=99.*max=1\); millrace cluster feature list shows /);
  expect((await millrace.run("cluster feature upgrade none.such=1")).code).toBe(1);
  const misuse = await millrace.run("cluster feature upgrade millrace.version=high");
  expect([misuse.code, misuse.stderr]).toEqual([2, 'millrace: millrace.version: must be a level from 1, not "high"\n']);
});

test("doctor looks at every door and at the disk, and ends with 0 where nothing has failed", async () => {
  const { code, stdout } = await millrace.run(["doctor", "-o", "json", "--data", broker.directory]);
  const findings = JSON.parse(stdout) as { check: string; state: string; seen: string; repair: string | null }[];
  const doors = ["kafka door", "grpc door", "http door", "clock of"].map((door) => `${door} ${broker.bootstrap}`);
  expect(findings.map(({ check }) => check)).toEqual([...doors, "open files", `disk of ${broker.directory}`]);
  expect(findings.slice(0, 4).map(({ state }) => state)).toEqual(["ok", "ok", "ok", "ok"]);
  expect(code).toBe(findings.some(({ state }) => state === "failed") ? 1 : 0);
});

test("doctor ends with 1 where nobody answers, and says what to do", async () => {
  const { code, stdout } = await millrace.run("doctor -b 127.0.0.1:1 --timeout 2s");
  expect(code).toBe(1);
  expect(stdout).toMatch(/^failed {3}kafka door 127\.0\.0\.1:1: .*ECONNREFUSED.*\n {9}is a broker running there\? millrace up starts one/);
});

test("where no broker answers a command ends with 4, and says what to do", async () => {
  const { code, stderr } = await millrace.run("topic list -b 127.0.0.1:1 --timeout 1s");
  expect(code).toBe(4);
  expect(stderr).toMatch(
    /^millrace: CONNECTION_FAILED: .*\(.*127\.0\.0\.1:1.*\); start a cluster with millrace up, or name one with --bootstrap-server HOST:PORT\n$/,
  );
});

test("an address in another form is a mistake in the call", async () => {
  expect(await millrace.run("topic list -b nowhere")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('"nowhere" is no address'),
  });
});
