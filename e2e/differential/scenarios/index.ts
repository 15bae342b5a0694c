import type { Scenario } from "../scenario.ts";
import { apiVersionsScenarios } from "./api-versions.ts";
import { clusterScenarios } from "./cluster.ts";
import { configsScenarios } from "./configs.ts";
import { fetchScenarios } from "./fetch.ts";
import { framesScenarios } from "./frames.ts";
import { groupAdminScenarios } from "./group-admin.ts";
import { groupOffsetsScenarios } from "./group-offsets.ts";
import { groupsScenarios } from "./groups.ts";
import { metadataScenarios } from "./metadata.ts";
import { offsetsOfLogsScenarios } from "./offsets-of-logs.ts";
import { produceScenarios } from "./produce.ts";
import { producersScenarios } from "./producers.ts";
import { replicasScenarios } from "./replicas.ts";
import { topicsScenarios } from "./topics.ts";

/** Every scenario, by area. */
export const scenarios: readonly Scenario[] = [
  apiVersionsScenarios,
  metadataScenarios,
  clusterScenarios,
  topicsScenarios,
  configsScenarios,
  produceScenarios,
  producersScenarios,
  fetchScenarios,
  offsetsOfLogsScenarios,
  replicasScenarios,
  groupsScenarios,
  groupAdminScenarios,
  groupOffsetsScenarios,
  framesScenarios,
].flat();
