// Claims a directory, tells how that went, and stays until it is killed, or nobody is there any more.
import { codeOf } from "@millrace/vocabulary";
import { RealDisk } from "../../src/real/index.ts";

try {
  await new RealDisk().claim(process.argv[2]!);
  console.log("claimed");
  process.stdin.on("end", () => process.exit()).resume();
} catch (error) {
  console.log(codeOf(error));
}
