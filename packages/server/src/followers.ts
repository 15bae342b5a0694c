import type { Controller } from "@millrace/controller";
import type { GroupCoordinator } from "@millrace/coordinator";
import type { BrokerId, Configuration, Overrides } from "@millrace/vocabulary";

const none: Overrides = new Map();

/** Lets a broker's configuration follow what admin requests change in the metadata. The function returned ends that. */
export function followConfiguration(controller: Controller, configuration: Configuration, self: BrokerId): () => void {
  const takeOver = () => {
    const { clusterOverrides, brokerOverrides } = controller.image;
    configuration.override(clusterOverrides, brokerOverrides.get(self) ?? none);
  };
  takeOver();
  return controller.watch(({ brokerOverridesChanged }) => {
    if (brokerOverridesChanged) takeOver();
  });
}

/** Lets committed offsets go with their topics. The function returned ends that. */
export function followDeletedTopics(controller: Controller, groups: GroupCoordinator): () => void {
  return controller.watch(({ removedTopics }) => {
    if (removedTopics.size > 0) groups.topicsDeleted([...removedTopics.values()].map(({ name }) => name));
  });
}
