/** Log directories for tests of whoever builds on the log. */

import { MemoryBudget, type Runtime } from "@millrace/runtime";
import { Configuration, MiB, type MillraceError, parseBrokerSettings, type TopicSettings, type Uuid } from "@millrace/vocabulary";
import type { DirectoryIdentity, LogDirectory } from "../directory-contract.ts";
import { formatLogDirectory } from "../directory/identity.ts";
import { openLogDirectory } from "../directory/open-directory.ts";

/** What a test may say of its directory; everything else is as in a small broker. */
export interface TestDirectoryOptions {
  readonly path?: string;
  readonly configuration?: Configuration;
  readonly memory?: MemoryBudget;
  readonly onFailure?: (error: MillraceError) => void;
  /** None, unless a test is about it. */
  readonly reserveBytes?: number;
}

/** The directory of node 1 of a cluster that exists in tests alone. */
export const testIdentity: DirectoryIdentity = {
  clusterId: "AAAAAAAAAAAAAAAAAAAAAQ" as Uuid,
  nodeId: 1,
  directoryId: "AAAAAAAAAAAAAAAAAAAAAg" as Uuid,
};

/** Formats a directory in a world, where that has not been done, and opens it. */
export async function openTestDirectory(runtime: Runtime, options: TestDirectoryOptions = {}): Promise<LogDirectory> {
  const { path = "/data", configuration = new Configuration(), memory = new MemoryBudget(() => 256 * MiB), reserveBytes = 0 } = options;
  const onFailure = options.onFailure ?? (() => undefined);
  await formatLogDirectory(runtime, path, testIdentity);
  return openLogDirectory({ runtime, path, configuration, memory, onFailure, reserveBytes });
}

/** The settings of a topic with these values, by key; values below what a client may set are allowed, for small segments. */
export function topicSettings(changes: Partial<TopicSettings> = {}): TopicSettings {
  return { ...new Configuration().topic(new Map()), ...changes };
}

/** A broker's configuration with these values, as they would be written. */
export function brokerConfiguration(written: Readonly<Record<string, string>> = {}): Configuration {
  const settings = Object.entries(written).map(([key, value]) => ({ key, value, origin: "test" }));
  return new Configuration(parseBrokerSettings(settings).values);
}
