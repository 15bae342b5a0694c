import type { PartitionImage } from "@millrace/metadata";
import { BrokerEpoch, BrokerId, MillraceError } from "@millrace/vocabulary";
import type { Controller, PartitionName, Reassignment } from "../../src/index.ts";
import { refusal } from "./refusal.ts";
import { inSyncProposal, type Words, wordsOf } from "./requests.ts";

const commands = {
  isr: proposeIsr,
  elect,
  reassign,
  drain,
};

type PartitionCommand = keyof typeof commands;

export function isPartitionCommand(command: string): command is PartitionCommand {
  return Object.hasOwn(commands, command);
}

/** Carries out what a story asks about partitions, and gives the lines of its trace. */
export function carryOutPartitions(controller: Controller, command: PartitionCommand, rest: string): Promise<string[]> {
  return commands[command](controller, rest);
}

/** `1 orders-0 1,2 leader-epoch=0 & orders-1 1,2@7`: broker 1 proposes; what is not said is as it is. */
async function proposeIsr(controller: Controller, rest: string): Promise<string[]> {
  const { bare, named } = wordsOf(rest.split(" & ")[0]!);
  const leader = BrokerId(Number(bare[0]));
  const known = controller.image.brokers.get(leader)?.epoch ?? BrokerEpoch(-1);
  const epoch = named.has("epoch") ? BrokerEpoch(Number(named.get("epoch"))) : known;
  const parts = rest
    .replace(/^\S+\s+/, "")
    .split(" & ")
    .map(wordsOf);
  const proposals = parts.map((words) => inSyncProposal(controller.image, words));
  const answers = await controller.alterPartitions(leader, epoch, proposals);
  return answers.map((answer, index) => `isr ${parts[index]!.bare[0]}: ${partitionOrRefusal(answer)}`);
}

/** `preferred orders-0 & orders-1`, `unclean all`. */
async function elect(controller: Controller, rest: string): Promise<string[]> {
  const [, election, what] = /^(preferred|unclean)\s+(.*)$/.exec(rest) as unknown as [string, "preferred" | "unclean", string];
  const elected = await controller.electLeaders(election, what === "all" ? "all" : what.split(" & ").map(partitionName));
  return elected.map(({ topic, index, failure }) => `elect ${topic}-${index}: ${doneOrRefusal(failure)}`);
}

/** `orders-0 4,2,3 & orders-1 cancel`, `orders-0 1,2 rf=same`. */
async function reassign(controller: Controller, rest: string): Promise<string[]> {
  const words = rest.split(" & ").map(wordsOf);
  const allowReplicationFactorChange = words[0]!.named.get("rf") !== "same";
  const outcomes = await controller.reassignPartitions(words.map(reassignmentOf), { allowReplicationFactorChange });
  return outcomes.map((failure, index) => `reassign ${words[index]!.bare[0]}: ${doneOrRefusal(failure)}`);
}

async function drain(controller: Controller, rest: string): Promise<string[]> {
  const kept = await controller.drainBroker(BrokerId(Number(rest)));
  return [`drain ${rest}: kept ${kept.map(({ topic, index }) => `${topic}-${index}`).join(",") || "nothing"}`];
}

function reassignmentOf({ bare }: Words): Reassignment {
  const [name, replicas] = bare;
  const target = replicas === "none" ? [] : replicas!.split(",").map((id) => BrokerId(Number(id)));
  return { ...partitionName(name!), replicas: replicas === "cancel" ? undefined : target };
}

function partitionName(text: string): PartitionName {
  const [, topic, index] = /^(.+)-(\d+)$/.exec(text)!;
  return { topic: topic!, index: Number(index) };
}

function doneOrRefusal(failure: MillraceError | undefined): string {
  return failure === undefined ? "done" : refusal(failure);
}

function partitionOrRefusal(answer: PartitionImage | MillraceError): string {
  if (answer instanceof MillraceError) return refusal(answer);
  const { isr, eligibleLeaders, leaderEpoch, partitionEpoch } = answer;
  const eligible = eligibleLeaders.length === 0 ? "" : ` eligible=${eligibleLeaders.join(",")}`;
  return `isr=${isr.join(",")} epoch=${leaderEpoch}/${partitionEpoch}${eligible}`;
}
