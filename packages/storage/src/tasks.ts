import type { Task } from "@millrace/runtime";
import { admissionTask } from "./admission/admit-batch.ts";

/** Everything that the log does beside the loop; a worker's entry serves them. */
export const storageTasks: readonly Task[] = [admissionTask];
