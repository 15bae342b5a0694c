import { configOperations, configResourceTypes } from "@millrace/protocol";
import { type Scenario, scenario } from "../scenario.ts";
import type { Side } from "../side.ts";

const { topic, broker, brokerLogger, clientMetrics, group } = configResourceTypes;
const resource = (resourceType: number, resourceName: string, configurationKeys: string[] | null = null) => ({
  resourceType,
  resourceName,
  configurationKeys,
});

/** Resolves when a topic's config has a value. */
async function hasConfig(side: Side, name: string, key: string, value: string): Promise<void> {
  await side.arrangeUntil("DescribeConfigs", 4, { resources: [resource(topic, name, [key])] }, ({ results }) =>
    results[0]!.configs.some((config) => config.value === value),
  );
}

export const configsScenarios: readonly Scenario[] = [
  scenario("DescribeConfigs of a topic", async (side) => {
    await side.createTopic("configs", { configs: { "retention.ms": "3600000", "cleanup.policy": "compact" } });
    await side.askEach("all keys", "DescribeConfigs", () => ({ resources: [resource(topic, "configs")] }));
    await side.askEach("synonyms", "DescribeConfigs", () => ({ resources: [resource(topic, "configs")], includeSynonyms: true }));
    for (const version of side.versionsOf("DescribeConfigs").filter((each) => each >= 3)) {
      const request = { resources: [resource(topic, "configs")], includeDocumentation: true };
      await side.attempt("documentation", "DescribeConfigs", version, request);
    }
    const each = (situation: string, ...resources: ReturnType<typeof resource>[]) =>
      side.askEach(situation, "DescribeConfigs", () => ({ resources }));
    await each("some keys", resource(topic, "configs", ["retention.ms", "no.such.config"]));
    await each("no keys", resource(topic, "configs", []));
    await each("a key twice", resource(topic, "configs", ["retention.ms", "retention.ms"]));
    await each("a topic twice", resource(topic, "configs", ["retention.ms"]), resource(topic, "configs", ["segment.bytes"]));
    await each("an unknown topic", resource(topic, "configs-unknown"));
    await each("an illegal name", resource(topic, "no/name"), resource(topic, ""));
    await each("no resources");
  }),

  scenario("DescribeConfigs of other resources", async (side) => {
    const each = (situation: string, ...resources: ReturnType<typeof resource>[]) =>
      side.askEach(situation, "DescribeConfigs", () => ({ resources }));
    await each("another broker", resource(broker, "7"));
    await each("a broker whose id is no number", resource(broker, "one"));
    await each("the defaults of brokers", resource(broker, ""));
    await each("some keys of the broker", resource(broker, "1", ["log.retention.ms", "num.partitions", "node.id", "no.such.config"]));
    for (const type of [0, 1, 3, -1, 127]) await each("an unknown type of resource", resource(type, "configs"));
    await each("another broker's loggers", resource(brokerLogger, "7"));
    await each("client metrics", resource(clientMetrics, "configs"));
    await each("a group", resource(group, "configs"));
  }),

  scenario("IncrementalAlterConfigs", async (side) => {
    const { set, delete: remove, append, subtract } = configOperations;
    for (const version of side.versionsOf("IncrementalAlterConfigs")) {
      const name = `alter-${version}`;
      await side.createTopic(name);
      const ask = (
        situation: string,
        configs: { name: string; configOperation: number; value: string | null }[],
        { resourceType = topic as number, resourceName = name, validateOnly = false } = {},
      ) =>
        side.attempt(situation, "IncrementalAlterConfigs", version, {
          resources: [{ resourceType, resourceName, configs }],
          validateOnly,
        });
      const change = (key: string, value: string | null, configOperation: number = set) => ({ name: key, value, configOperation });
      await ask("a value", [change("retention.ms", "1000")]);
      await hasConfig(side, name, "retention.ms", "1000");
      await ask("a value only validated", [change("retention.ms", "2000")], { validateOnly: true });
      await ask("a value removed", [change("retention.ms", null, remove)]);
      await ask("a value removed that is not there", [change("segment.ms", null, remove)]);
      await ask("an unknown key removed", [change("no.such.config", null, remove)]);
      await ask("a word appended", [change("cleanup.policy", "compact", append)]);
      await hasConfig(side, name, "cleanup.policy", "delete,compact");
      await ask("a word taken away", [change("cleanup.policy", "delete", subtract)]);
      await hasConfig(side, name, "cleanup.policy", "compact");
      await ask("the last word taken away", [change("cleanup.policy", "compact", subtract)]);
      await ask("a word appended to what is no list", [change("segment.ms", "1", append)]);
      await ask("a word taken away from what is no list", [change("segment.ms", "1", subtract)]);
      await ask("no value", [change("retention.ms", null)]);
      await ask("nothing appended", [change("cleanup.policy", null, append)]);
      await ask("an unknown key", [change("no.such.config", "1")]);
      await ask("an empty key", [change("", "1")]);
      await ask("a value of another type", [change("retention.ms", "soon")]);
      await ask("a value out of range", [change("segment.bytes", "1")]);
      await ask("a key twice", [change("retention.ms", "1"), change("retention.ms", "2")]);
      await ask("an unknown operation", [change("retention.ms", "1", 4)]);
      await ask("no changes", []);
      await ask("an unknown topic", [change("retention.ms", "1000")], { resourceName: "alter-unknown" });
      await ask("an illegal name", [change("retention.ms", "1000")], { resourceName: "no/name" });
      await ask("an empty name", [change("retention.ms", "1000")], { resourceName: "" });
      for (const resourceType of [0, 1, 3, -1, 127])
        await ask("an unknown type of resource", [change("retention.ms", "1000")], { resourceType });
      await ask("another broker", [change("log.retention.ms", "1000")], { resourceType: broker, resourceName: "7", validateOnly: true });
      await ask("a broker whose id is no number", [change("log.retention.ms", "1000")], { resourceType: broker, resourceName: "one" });
      await ask("a key that brokers read at start", [change("node.id", "2")], { resourceType: broker, resourceName: "1" });
      await ask("an unknown key of the broker", [change("no.such.config", "2")], {
        resourceType: broker,
        resourceName: "1",
        validateOnly: true,
      });
      await side.attempt("a topic twice", "IncrementalAlterConfigs", version, {
        resources: ["1", "2"].map((value) => ({ resourceType: topic, resourceName: name, configs: [change("retention.ms", value)] })),
        validateOnly: false,
      });
      await side.attempt("no resources", "IncrementalAlterConfigs", version, { resources: [], validateOnly: false });
    }
  }),

  scenario("AlterConfigs", async (side) => {
    for (const version of side.versionsOf("AlterConfigs")) {
      const name = `replace-${version}`;
      await side.createTopic(name, { configs: { "segment.ms": "60000" } });
      const ask = (
        situation: string,
        configs: { name: string; value: string | null }[],
        { resourceType = topic as number, resourceName = name, validateOnly = false } = {},
      ) => side.attempt(situation, "AlterConfigs", version, { resources: [{ resourceType, resourceName, configs }], validateOnly });
      await ask("a value", [{ name: "retention.ms", value: "1000" }]);
      await hasConfig(side, name, "retention.ms", "1000");
      await side.attempt("what is left of the others", "DescribeConfigs", 1, {
        resources: [resource(topic, name, ["retention.ms", "segment.ms"])],
      });
      await ask("a value only validated", [{ name: "retention.ms", value: "2000" }], { validateOnly: true });
      await ask("no value", [{ name: "retention.ms", value: null }]);
      await ask("an unknown key", [{ name: "no.such.config", value: "1" }]);
      await ask("a value of another type", [{ name: "retention.ms", value: "soon" }]);
      await ask(
        "a key twice",
        ["1", "2"].map((value) => ({ name: "retention.ms", value })),
      );
      await ask("no changes", []);
      await ask("an unknown topic", [{ name: "retention.ms", value: "1000" }], { resourceName: "replace-unknown" });
      await ask("an illegal name", [{ name: "retention.ms", value: "1000" }], { resourceName: "no/name" });
      await ask("an unknown type of resource", [{ name: "retention.ms", value: "1000" }], { resourceType: 3 });
    }
  }),
];
