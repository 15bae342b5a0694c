import { isBrokerKey } from "./broker-keys.ts";
import type { Written } from "./parse.ts";

/** Variables of Kafka's image that steer its JVM or its scripts and are no configuration keys. */
const foreignVariables =
  /^KAFKA_(HEAP_OPTS|OPTS|JMX_.*|JVM_PERFORMANCE_OPTS|GC_LOG_OPTS|LOG4J_.*|CLUSTER_ID|HOME|VERSION|TOOLS_LOG4J_LOGLEVEL)$/;

/**
 * The settings in the environment, as Kafka's image takes them: `KAFKA_` or `MILLRACE_`, then the key in capitals with
 * `.` as `_`, `_` as `__` and `-` as `___`. A MILLRACE_ variable wins. `MILLRACE_` keys may leave out their own prefix:
 * MILLRACE_DURABILITY is millrace.durability.
 */
export function readEnvironment(environment: Readonly<Record<string, string | undefined>>): Written[] {
  const settings: Written[] = [];
  for (const prefix of ["KAFKA_", "MILLRACE_"]) {
    for (const [variable, value] of Object.entries(environment).sort()) {
      if (value === undefined || !variable.startsWith(prefix) || foreignVariables.test(variable)) continue;
      const key = keyOfVariable(variable.slice(prefix.length));
      const own = `millrace.${key}`;
      settings.push({
        key: prefix === "MILLRACE_" && !isBrokerKey(key) && isBrokerKey(own) ? own : key,
        value,
        origin: variable,
      });
    }
  }
  return settings;
}

function keyOfVariable(name: string): string {
  return name.toLowerCase().replace(/_+/g, (run) => ({ 1: ".", 2: "_", 3: "-" })[run.length] ?? run);
}
