// Writes past the size that the process may give a file, and tells the error.
import { MillraceError } from "@millrace/vocabulary";
import { RealDisk } from "../../src/real/index.ts";

const file = await new RealDisk().open(process.argv[2]!, "create");
try {
  await file.write(
    ["a", "b", "c"].map((letter) => Buffer.alloc(3000, letter)),
    0,
  );
  console.log("written");
} catch (error) {
  console.log(error instanceof MillraceError ? `${error.code} ${String(error.facts["errno"])}` : String(error));
}
