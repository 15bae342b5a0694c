import { serveTasks } from "@millrace/runtime/real/tasks";
import { conformanceTasks } from "../src/conformance/index.ts";

serveTasks([
  ...conformanceTasks,
  {
    name: "die",
    run: () => process.exit(3),
  },
]);
