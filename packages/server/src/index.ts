/** One process from one configuration: starts its parts in order, stops them in reverse. */

export { formatBroker } from "./format-broker.ts";
export type { FormatOptions } from "./format-broker.ts";
export { rolesOf } from "./roles.ts";
export type { Roles } from "./roles.ts";
export { runtimeOf } from "./runtime.ts";
export { startBroker } from "./start-broker.ts";
export type { BrokerOptions, RunningBroker } from "./start-broker.ts";
export { startController } from "./start-controller.ts";
export type { ControllerProcessOptions, RunningController } from "./start-controller.ts";

// For tests of the front door alone.
export { FrontDoor } from "./front/front-door.ts";
export { openingOf } from "./front/opening-bytes.ts";
export type { Opening } from "./front/opening-bytes.ts";
