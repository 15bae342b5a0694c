import { readFileSync } from "node:fs";
import { MillraceError, parseBrokerSettings, readEnvironment, readProperties, Configuration, type Written } from "@millrace/vocabulary";
import { bootstrapVariable } from "./connection.ts";
import { oneKeyValue } from "./option-values.ts";

/** Where the settings of a process come from; later ones win: the file, the environment, the command line. */
export interface SettingSources {
  readonly config?: string;
  readonly set?: readonly string[];
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Reads every source and warns of what means nothing here. CONFIGURATION_INVALID with everything that is wrong. */
export function readSettings({ config, set = [], environment = {} }: SettingSources, warn: (text: string) => void): Configuration {
  const { [bootstrapVariable]: _, ...settings } = environment;
  const written = [...(config === undefined ? [] : readFile(config)), ...readEnvironment(settings), ...set.map(readSet)];
  const { values, warnings } = parseBrokerSettings(written);
  for (const warning of warnings) warn(warning);
  return new Configuration(values);
}

function readFile(path: string): Written[] {
  try {
    return readProperties(readFileSync(path, "utf8"), path);
  } catch (cause) {
    if (cause instanceof MillraceError) throw cause;
    throw new MillraceError("CONFIGURATION_INVALID", { faults: [`--config: cannot read ${path}: ${(cause as Error).message}`] }, { cause });
  }
}

function readSet(text: string): Written {
  const { key, value } = oneKeyValue(text, "--set");
  return { key: key.trim(), value, origin: "--set" };
}
