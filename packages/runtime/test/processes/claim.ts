// Claims a directory, tells how that went, and stays until it is killed.
import { codeOf } from "@millrace/vocabulary";
import { RealDisk } from "../../src/real/index.ts";

try {
  await new RealDisk().claim(process.argv[2]!);
  console.log("claimed");
  setInterval(() => {}, 60_000);
} catch (error) {
  console.log(codeOf(error));
}
