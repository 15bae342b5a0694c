import { serveTasks } from "@millrace/runtime/real/tasks";
import { storageTasks } from "@millrace/storage";

serveTasks(storageTasks);
