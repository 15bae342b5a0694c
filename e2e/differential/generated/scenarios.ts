import { advertised, type ApiName } from "@millrace/protocol";
import type { TopicId } from "@millrace/vocabulary";
import { type Scenario, scenario } from "../scenario.ts";
import { batchOf, batchWith, recordOf } from "../scenarios/batches.ts";
import { loneMember } from "../scenarios/members.ts";
import type { Side } from "../side.ts";
import { placeholders, type Subjects } from "./pools.ts";
import { drawRequests, leftOut } from "./requests.ts";

/** A scenario of each API: in every version, so many requests that a seed decides. */
export function generatedScenarios(options: { seed: number; runs: number }): Scenario[] {
  const names = [...advertised.keys()].filter((name) => !leftOut.has(name));
  return names.map((name) => scenario(`${name} drawn by seed ${options.seed}`, (side) => play(side, name, options)));
}

async function play(side: Side, name: ApiName, options: { seed: number; runs: number }): Promise<void> {
  const prefix = `generated-${name}`;
  const subjects: Subjects = { topics: [`${prefix}-a`, `${prefix}-b`], groupId: prefix };
  const own = await arrange(side, subjects);
  for (const version of side.versionsOf(name)) {
    for (const [index, drawn] of drawRequests(name, version, subjects, options).entries()) {
      const request = substituted(drawn, { ...own, ...(name === "JoinGroup" ? freshGroups(prefix, `${version}-${index}`) : {}) });
      await side.attempt("drawn", name, version, request as never);
    }
  }
}

/** Whoever joins a group waits for those who joined before: each has a group of its own. */
function freshGroups(prefix: string, suffix: string): Record<string, string> {
  return Object.fromEntries([prefix, `${prefix}-unknown`].map((groupId) => [groupId, `${groupId}-${suffix}`]));
}

/** Two topics, of which one is compacted, and a group with a member: what stands for their ids, and what they are on this side. */
async function arrange(side: Side, { topics, groupId }: Subjects): Promise<Record<string, string>> {
  const topicId: TopicId = await side.createTopic(topics[0]!, { partitions: 2 });
  await side.createTopic(topics[1]!, { configs: { "cleanup.policy": "compact" } });
  await side.append(topics[0]!, batchOf("a", "b"));
  await side.append(topics[0]!, batchOf("c"));
  await side.append(topics[1]!, batchWith({}, recordOf("a", { key: Buffer.from("k") })));
  const memberId = await loneMember(side, groupId, 5);
  return { [placeholders.topicId]: topicId, [placeholders.memberId]: memberId };
}

/** The same with other texts in the place of some. */
function substituted(value: unknown, texts: Readonly<Record<string, string>>): unknown {
  if (typeof value === "string") return Object.hasOwn(texts, value) ? texts[value] : value;
  if (Array.isArray(value)) return value.map((each) => substituted(each, texts));
  if (value === null || typeof value !== "object" || Buffer.isBuffer(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([field, each]) => [field, substituted(each, texts)]));
}
