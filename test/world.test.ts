import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { waysOutOf } from "./support/ways-out.ts";

const root = join(import.meta.dirname, "..");

/** Folders that start processes, or that run in none of ours: they may use whatever they like. */
const free = ["packages/server/src/", "packages/cli/src/", "packages/testkit/src/"];

/**
 * What may be used where, beyond the language itself, and why that is no way out of a simulated world, or is meant to be one. The paths
 * are prefixes; a module stands for all its names, `module#name` for one. Everything else belongs behind a port of the runtime.
 */
const allowed: readonly { readonly at: string; readonly ways: readonly string[]; readonly because: string }[] = [
  {
    at: "packages/runtime/src/real/",
    ways: words(`node:child_process node:crypto node:fs node:fs/promises node:net node:os node:path node:perf_hooks node:util node:v8 node:worker_threads
      lmdb pino Date performance process setImmediate setTimeout clearTimeout .stack`),
    because: "this is the real world",
  },
  {
    at: "packages/rpc/src/",
    ways: words("@grpc/grpc-js node:net Date setTimeout clearTimeout queueMicrotask"),
    because: "this is the real Peers",
  },
  { at: "packages/runtime/src/checked-value.ts", ways: ["node:zlib#crc32"], because: "a pure function" },
  { at: "packages/runtime/src/movable.ts", ways: ["node:worker_threads#isMarkedAsUntransferable"], because: "asks, and does nothing" },
  { at: "packages/runtime/src/simulated/turns.ts", ways: ["setImmediate"], because: "drives the simulated world" },
  { at: "packages/runtime/src/conformance/", ways: ["node:assert"], because: "tests" },
  {
    at: "packages/records/src/crc32c.ts",
    ways: ["node:module#createRequire", "import.meta"],
    because: "loads the native checksum where there is one",
  },
  {
    at: "packages/records/src/compression/",
    ways: ["constants", "gunzipSync", "gzipSync", "zstdCompressSync", "zstdDecompressSync"].map((name) => `node:zlib#${name}`),
    because: "pure functions; their asynchronous forms end when a real thread pleases",
  },
  { at: "packages/protocol/src/codec/compile.ts", ways: ["Function"], because: "compiles our own declarations, and nothing from outside" },
  { at: "packages/contracts/src/", ways: ["protobufjs/minimal.js"], because: "pure" },
  { at: "packages/metadata/src/", ways: ["node:crypto#createHash", "sorted-btree"], because: "pure" },
  { at: "packages/raft/src/", ways: ["node:zlib#crc32"], because: "a pure function" },
  { at: "packages/simulator/src/quorum/checks/", ways: ["node:zlib#crc32"], because: "a pure function" },
  { at: "packages/storage/src/compaction/key-scan.ts", ways: ["node:crypto#hash"], because: "a pure function" },
  {
    at: "packages/simulator/src/command/",
    ways: words(
      "node:child_process#execFileSync node:fs node:os#tmpdir node:path node:util#parseArgs import.meta console performance process",
    ),
    because: "the command, which runs in the real world and starts simulated ones",
  },
  { at: "packages/simulator/src/quorum/checks/durable-log.ts", ways: ["node:zlib#crc32"], because: "a pure function" },
  { at: "packages/client/src/codecs/", ways: ["node:buffer#isUtf8"], because: "a pure function" },
  { at: "packages/client/src/events.ts", ways: ["node:diagnostics_channel#channel"], because: "calls whoever subscribed, at once" },
  {
    at: "packages/client/src/real-world.ts",
    ways: words("process setInterval clearInterval"),
    because: "stops with the process that uses the client, and keeps it alive",
  },
];

function words(text: string): string[] {
  return text.split(/\s+/);
}

/** What to do instead, by what was used. */
const repairs: readonly (readonly [RegExp, string])[] = [
  [
    /^(Date|performance|setTimeout|setInterval|clearTimeout|clearInterval|AbortSignal\.timeout)$/,
    "take time and timers from runtime.clock",
  ],
  [/^(setImmediate|queueMicrotask|clearImmediate)$/, "use runtime.clock.afterTurn, or a resolved promise"],
  [/^(Math\.random|crypto|node:crypto.*)$/, "draw from runtime.random"],
  [/^node:fs|^node:path|^lmdb/, "use runtime.disk or runtime.kv"],
  [/^(fetch|WebSocket|node:(net|http|https|http2|tls|dns|dgram).*|@grpc\/grpc-js.*)$/, "use runtime.sockets or runtime.peers"],
  [/^node:(worker_threads|child_process|cluster|zlib).*$/, "make it a Task and run it by runtime.work"],
  [/^(process|node:os.*|node:process.*)$/, "take it from runtime.host, or have it handed in as configuration"],
  [/^(console|pino.*)$/, "log by runtime.logger"],
  [/^(WeakRef|FinalizationRegistry)$/, "own the thing and close it: nobody knows when memory is collected"],
  [/^(\.stack|Error\.)/, "tell facts: a stack differs from machine to machine"],
  [/^(Intl|\.localeCompare|\.toLocale)/, "compare by code units: a locale differs from machine to machine"],
];

function repairOf(way: string): string {
  const [, repair] = repairs.find(([pattern]) => pattern.test(way)) ?? [];
  return repair ?? "put it behind a port of the runtime, or, where it cannot reach the world, into the table of this test";
}

/** What a source uses that it may not, one line each, with the repair. */
function faultsOf(file: string, text: string): string[] {
  const permitted = new Set(allowed.filter(({ at }) => file.startsWith(at)).flatMap(({ ways }) => ways));
  return waysOutOf(file, text)
    .filter(({ way }) => !permitted.has(way) && !permitted.has(way.split("#")[0]!))
    .map(({ way, line }) => `${file}:${line} uses ${way}: ${repairOf(way)}`);
}

/** The sources of every package, but for those that are free, tests' own and generated ones. */
function sources(): string[] {
  const files = readdirSync(join(root, "packages")).flatMap((name) => {
    const folder = join("packages", name, "src");
    if (!existsSync(join(root, folder))) return [];
    return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => join(folder, file));
  });
  return files.filter((file) => file.endsWith(".ts") && !/\/(testing|generated)\//.test(file) && !free.some((at) => file.startsWith(at)));
}

test("no package reaches the world but through the ports of the runtime", () => {
  expect(sources().flatMap((file) => faultsOf(file, readFileSync(join(root, file), "utf8")))).toEqual([]);
});

test("every line of the table is used", () => {
  const files = sources();
  const unused = allowed.flatMap(({ at, ways }) => {
    const used = new Set<string>();
    for (const file of files.filter((name) => name.startsWith(at)))
      for (const { way } of waysOutOf(file, readFileSync(join(root, file), "utf8"))) used.add(way).add(way.split("#")[0]!);
    return ways.filter((way) => !used.has(way)).map((way) => `${at} does not use ${way}: take it out of the table`);
  });
  expect(unused).toEqual([]);
});

const planted: readonly (readonly [way: string, source: string])[] = [
  ["Date", "const now = Date.now();"],
  ["Date", "const now = new Date();"],
  ["performance", "const now = performance.now();"],
  ["process", "const now = process.hrtime.bigint();"],
  ["process", "process.nextTick(() => {});"],
  ["process", "const home = process.env.HOME;"],
  ["setTimeout", "setTimeout(() => {}, 1);"],
  ["setInterval", "const tick = setInterval;"],
  ["setImmediate", "const later = (act: () => void) => { setImmediate(act); };"],
  ["queueMicrotask", "queueMicrotask(() => {});"],
  ["Math.random", "const draw = Math.random();"],
  ["Math.random", 'const draw = Math["random"]();'],
  ["Math.random", "const { random } = Math;"],
  ["crypto", "const id = crypto.randomUUID();"],
  ["node:crypto#randomBytes", 'import { randomBytes } from "node:crypto";'],
  ["AbortSignal.timeout", "const signal = AbortSignal.timeout(10);"],
  ["fetch", 'const answer = await fetch("http://example.org");'],
  ["WebSocket", "const socket = new WebSocket(address);\ndeclare const address: string;"],
  ["node:fs", 'import fs from "node:fs";'],
  ["node:fs/promises#open", 'import { open } from "node:fs/promises";'],
  ["fs", 'import fs from "fs";'],
  ["node:fs", 'export * from "node:fs";'],
  ["node:fs#readFileSync", 'import { readFileSync as read, type Stats } from "node:fs";'],
  ["node:net", 'const net = await import("node:net");'],
  ["import(…)", "const load = (name: string) => import(name);"],
  ["node:http#request", 'import { request } from "node:http";'],
  ["node:http2", 'import * as http2 from "node:http2";'],
  ["node:tls#connect", 'import { connect } from "node:tls";'],
  ["node:dns#lookup", 'import { lookup } from "node:dns";'],
  ["node:os#cpus", 'import { cpus } from "node:os";'],
  ["node:worker_threads#Worker", 'import { Worker } from "node:worker_threads";'],
  ["node:zlib#gzip", 'import { gzip } from "node:zlib";'],
  ["node:timers/promises#setTimeout", 'import { setTimeout } from "node:timers/promises";'],
  ["WeakRef", "const weak = new WeakRef({});"],
  ["FinalizationRegistry", "const registry = new FinalizationRegistry(() => {});"],
  ["Atomics", "Atomics.wait(new Int32Array(1), 0, 0);"],
  ["Intl", 'const order = new Intl.Collator("de");'],
  [".localeCompare", 'const order = ["b", "a"].sort((a, b) => a.localeCompare(b));'],
  [".toLocaleString", "const text = (5).toLocaleString();"],
  [".stack", "const where = new Error().stack;"],
  ["Error.captureStackTrace", "Error.captureStackTrace({});"],
  ["console", 'console.log("x");'],
  ["globalThis", 'const timer = globalThis["setTimeout"];'],
  ["require", 'const fs = require("fs");'],
  ["eval", 'eval("1");'],
  ["Function", 'const made = new Function("return Date.now()");'],
  ["import.meta", "const here = import.meta.url;"],
  ["MessageChannel", "const channel = new MessageChannel();"],
  ["setTimeout", "function f() { const setTimeout = 1; return setTimeout; }\nsetTimeout(() => {}, 1);"],
  ["Date", "const value = (Date as unknown as { now(): number }).now();"],
  ["Date", "class Clock { now = () => Date.now(); }"],
  ["Date", "const texts = { [Date.now()]: `${Date.now()}` };"],
];

test.each(planted)("%s is caught in: %s", (way, source) => {
  const ways = waysOutOf("planted.ts", source).map((each) => each.way);
  expect(ways.length).toBeGreaterThan(0);
  expect(new Set(ways)).toEqual(new Set([way]));
});

test("comments, strings, types, members and own declarations are no ways out", () => {
  const source = `
    // setTimeout(() => Date.now(), Math.random());
    import type { Socket } from "node:net";
    import { type Stats } from "./own.ts";
    const text = "Date.now() " + 'process.env';
    const at = (when: Date, socket: Socket, stats: Stats): typeof Date => when as never;
    interface Clock { performance: number; setTimeout(): void; Date: Date }
    const clock = { fetch: 1, process() {}, performance: { now: 1 } };
    clock.fetch; clock.process(); clock.performance.now;
    async function fetch(process: number) { return process; }
    const { setTimeout: timer, setInterval = 1 } = clock as never;
    for (const console of [1]) console;
    try { fetch(1); } catch (crypto) { crypto; }
    class Own { Date = 1; static { const Intl = 1; Intl; } get random() { return Math.max(1); } }
    label: for (;;) break label;
    function later() { return queueMicrotask; var queueMicrotask; }
    export { timer as performance };
  `;
  expect(waysOutOf("own.ts", source)).toEqual([]);
});

test("a fault names the file, the line and the repair", () => {
  const source = "const a = 1;\nconst later = () => setTimeout(later, a);\n";
  expect(faultsOf("packages/raft/src/election.ts", source)).toEqual([
    "packages/raft/src/election.ts:2 uses setTimeout: take time and timers from runtime.clock",
  ]);
});
