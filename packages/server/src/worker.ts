import { serveTasks } from "@millrace/runtime/real";
import { storageTasks } from "@millrace/storage";

serveTasks(storageTasks);
