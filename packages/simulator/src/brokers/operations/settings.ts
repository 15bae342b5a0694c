import { configOperations, configResourceTypes, configSources } from "@millrace/protocol";
import type { Client } from "../clients/client.ts";
import { answered } from "./target.ts";

/** The setting that clients change: its values are far above what they send, and it does nothing else. */
const key = "max.message.bytes";
/** Added to a number that nobody has written yet. */
const smallest = 1_000_000;

export async function setSetting(client: Client): Promise<void> {
  const { model } = client.stage;
  if (model.standing.length === 0) return;
  const topic = client.chance.pick(model.standing);
  const value = String(smallest + model.nextNumber());
  const written = topic.setting.write(value);
  const configs = [{ name: key, configOperation: configOperations.set, value }];
  const resource = { resourceType: configResourceTypes.topic, resourceName: topic.name, configs };
  const { responses } = await client.ask("IncrementalAlterConfigs", 1, { resources: [resource], validateOnly: false });
  const code = answered(responses[0]!.errorCode, "set setting");
  client.note("set setting", code);
  if (code === "NONE" && !topic.isDoomed) written();
}

export async function describeSetting(client: Client): Promise<void> {
  const { model } = client.stage;
  if (model.standing.length === 0) return;
  const topic = client.chance.pick(model.standing);
  const read = topic.setting.read();
  const resource = { resourceType: configResourceTypes.topic, resourceName: topic.name, configurationKeys: [key] };
  const { results } = await client.ask("DescribeConfigs", 4, { resources: [resource] });
  const code = answered(results[0]!.errorCode, "describe setting");
  client.note("describe setting", code);
  if (code !== "NONE" || topic.isDoomed) return;
  const config = results[0]!.configs.find(({ name }) => name === key);
  read(config?.configSource === configSources.topic ? config.value! : undefined);
}
