import { codeOf } from "@millrace/vocabulary";
import type { GroupDescription } from "../../src/index.ts";
import type { Stage } from "./stage.ts";
import { faultWord, groupOf, partitionOf } from "./words.ts";

/**
 * A tool of a story.
 *
 *     leave GROUP member:LABEL instance:i1 both:i1/LABEL
 *     describe GROUP, list, delete-group GROUP, delete-offsets GROUP orders-0 …
 */
export function admin(story: Stage, [verb = "", group = "", ...words]: string[]): void {
  const { coordinator } = story;
  const groupId = groupOf(group);
  const report = <Answer>(answer: Promise<Answer>, inWords: (answer: Answer) => string) => {
    answer.then(
      (told) => story.say(`admin ${verb} ${inWords(told)}`),
      (error: unknown) => story.say(`admin ${verb} ${codeOf(error)}`),
    );
  };
  const byWord = (faults: readonly unknown[]) => words.map((word, index) => `${word}=${faultWord(faults[index])}`).join(" ");
  switch (verb) {
    case "leave":
      return report(
        coordinator.leaveGroup(
          groupId,
          words.map((word) => leavingOf(story, word)),
        ),
        byWord,
      );
    case "describe":
      return report(coordinator.describeGroup(groupId), (described) => describe(story, described));
    case "delete-group":
      return report(coordinator.deleteGroup(groupId), () => "ok");
    case "delete-offsets":
      return report(coordinator.deleteOffsets(groupId, words.map(partitionOf)), byWord);
    case "list":
      return list(story);
    default:
      throw new Error(`no such command: ${verb}`);
  }
}

function leavingOf(story: Stage, word: string) {
  const [kind = "", value = ""] = word.split(":");
  const [instance, label] = kind === "both" ? value.split("/") : kind === "instance" ? [value, undefined] : [undefined, value];
  return { memberId: label === undefined ? "" : story.memberId(label), groupInstanceId: instance, reason: undefined };
}

function describe(story: Stage, { state, protocolType, protocolName, members }: GroupDescription): string {
  const lines = members.map(({ memberId, clientId, metadata, assignment }) => {
    return `${story.label(memberId)}(${clientId} metadata=${metadata.length} [${assignment.toString()}])`;
  });
  return [`${state} ${protocolType}/${protocolName}`, ...lines].join(" ");
}

function list(story: Stage): void {
  const { groups, isLoading } = story.coordinator.listGroups();
  const words = groups.map(({ groupId, protocolType, state, groupType }) => `${groupId}(${state} ${protocolType || "-"} ${groupType})`);
  story.say(`admin list ${[...words, ...(isLoading ? ["loading"] : [])].join(" ")}`);
}
