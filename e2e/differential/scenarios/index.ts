import type { Scenario } from "../scenario.ts";
import { apiVersionsScenarios } from "./api-versions.ts";
import { metadataScenarios } from "./metadata.ts";

/** Every scenario, by area. */
export const scenarios: readonly Scenario[] = [...apiVersionsScenarios, ...metadataScenarios];
