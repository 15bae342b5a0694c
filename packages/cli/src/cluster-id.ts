/** The variable by which Kafka's image is told the cluster's id. No setting of a broker: it counts only while a directory is formatted. */
const clusterIdVariable = "CLUSTER_ID";

/** The id that a cluster is to have: the option's, or else the environment's, where it is not empty; undefined: a new one. */
export function clusterIdOf(option: string | undefined, environment: Readonly<Record<string, string | undefined>>): string | undefined {
  return option ?? (environment[clusterIdVariable] || undefined);
}
