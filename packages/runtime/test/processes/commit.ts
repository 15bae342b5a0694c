// Commits the numbers from 1 on, each under two keys at once, and tells each one that is safe.
import { RealKvStores } from "../../src/real/index.ts";

const store = await new RealKvStores().open(process.argv[2]!, { bytesMax: 1 << 24 });
const last = Number(process.argv[3] ?? Infinity);
process.stdin.on("end", () => process.exit()).resume();
process.on("unhandledRejection", () => console.log("unhandled rejection"));
for (let number = 1; number <= last; number++) {
  const value = Buffer.from(String(number).padStart(1000, "0"));
  try {
    await store.commit([
      { key: Buffer.from("x"), value },
      { key: Buffer.from("y"), value },
    ]);
    console.log(`safe ${number}`);
  } catch (error) {
    console.log(`${(error as Error).message.slice(0, 11)} ${number}`);
  }
}
if (last < Infinity) process.exit();
