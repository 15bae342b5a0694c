/** What tests of whole clusters need, and the simulator. */

export { kafkaDoorOnly } from "./kafka-door.ts";
