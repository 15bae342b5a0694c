#!/usr/bin/env node
import { enableCompileCache } from "node:module";

enableCompileCache();
// A sync may hold a thread for seconds, and there are several: with libuv's four, writes would wait behind them. Read at the pool's first use.
process.env.UV_THREADPOOL_SIZE ??= "16";
const { run } = await import("./program.ts");
process.exitCode = await run(process.argv.slice(2));
