import type { Task } from "@millrace/runtime";
import { admissionTask } from "./admission/admit-batch.ts";
import { filterTask } from "./compaction/batch-filter.ts";
import { keyScanTask } from "./compaction/key-scan.ts";

/** Everything that the log does beside the loop; a worker's entry serves them. */
export const storageTasks: readonly Task[] = [admissionTask, keyScanTask, filterTask];
