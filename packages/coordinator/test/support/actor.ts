import { codeOf, LeaderEpoch, MillraceError, Offset } from "@millrace/vocabulary";
import type { JoinedGroup, JoinGroup } from "../../src/index.ts";
import { subscription } from "./fixtures.ts";
import type { Stage } from "./stage.ts";
import { durationMs, faultWord, groupOf, parseWords, partitionOf, type Words } from "./words.ts";

/**
 * A client of a story, which remembers what it is told: its member id and its generation.
 *
 *     join GROUP     options: session=10s rebalance=60s protocols=range,other topics=orders,refunds metadata=TEXT
 *                    type=consumer instance=i1 v=5 as=LABEL|none
 *     enter GROUP    join, and join again when sent away with a member id
 *     sync GROUP     a:0,1 b:2 (what each is assigned); generation= protocol= type= as=
 *     heartbeat GROUP, leave GROUP      generation= as= instance=
 *     commit GROUP   orders-0:5 orders-1:7/metadata; generation= as= retention=5s v=9
 *     fetch GROUP    orders-0 … or all; stable
 */
export class Actor {
  readonly name: string;
  memberId = "";
  generationId = -1;
  readonly #story: Stage;

  constructor(story: Stage, name: string) {
    this.#story = story;
    this.name = name;
  }

  act([verb = "", group = "", ...rest]: string[]): void {
    const groupId = groupOf(group);
    const words = parseWords(rest);
    switch (verb) {
      case "join":
        return this.#join(groupId, words, false);
      case "enter":
        return this.#join(groupId, words, true);
      case "sync":
        return this.#sync(groupId, words);
      case "heartbeat":
        return this.#report("heartbeat", this.#story.coordinator.heartbeat(this.#member(groupId, words)), () => "ok");
      case "leave":
        return this.#leave(groupId, words);
      case "commit":
        return this.#commit(groupId, words);
      case "fetch":
        return this.#fetch(groupId, words);
      default:
        throw new Error(`no such command: ${verb}`);
    }
  }

  #join(groupId: string, words: Words, again: boolean): void {
    const request = this.#joinRequest(groupId, words);
    const joined = this.#story.coordinator.joinGroup(request, { clientId: this.name, host: "/127.0.0.1" });
    joined.then(
      (answer) => this.#joined(answer),
      (error: unknown) => this.#notJoined(error, () => this.#join(groupId, words, false), again),
    );
  }

  #joinRequest(groupId: string, { options }: Words): JoinGroup {
    const protocolType = options.get("type") ?? "consumer";
    const topics = (options.get("topics") ?? "orders").split(",");
    const metadata = options.has("metadata") ? Buffer.from(options.get("metadata")!) : subscription(topics);
    const version = Number(options.get("v") ?? 5);
    const names = (options.get("protocols") ?? "range").split(",").filter((name) => name !== "");
    return {
      groupId,
      memberId: this.#memberId(options),
      groupInstanceId: options.get("instance"),
      sessionTimeoutMs: durationMs(options.get("session") ?? "10s"),
      rebalanceTimeoutMs: durationMs(options.get("rebalance") ?? "60s"),
      protocolType,
      protocols: names.map((name) => ({ name, metadata })),
      reason: undefined,
      requiresKnownMemberId: version >= 4,
      supportsSkippingAssignment: version >= 9,
    };
  }

  #joined({ generationId, protocolName, leader, memberId, members, skipAssignment }: JoinedGroup): void {
    const { label } = this.#story;
    this.memberId = memberId;
    this.generationId = generationId;
    const words = [`joined generation=${generationId} ${protocolName} as=${label(memberId)} leader=${label(leader)}`];
    if (members.length > 0) words.push(`members=${members.map((member) => label(member.memberId)).join()}`);
    if (skipAssignment) words.push("skipping");
    this.#story.say(`${this.name} ${words.join(" ")}`);
  }

  #notJoined(error: unknown, joinAgain: () => void, again: boolean): void {
    if (codeOf(error) === "MEMBER_ID_REQUIRED") this.memberId = String((error as MillraceError).facts["memberId"]);
    if (codeOf(error) === "MEMBER_ID_REQUIRED" && again) return joinAgain();
    const id = codeOf(error) === "MEMBER_ID_REQUIRED" ? ` ${this.#story.label(this.memberId)}` : "";
    return this.#story.say(`${this.name} join ${codeOf(error)}${id}`);
  }

  #sync(groupId: string, words: Words): void {
    const assignments = words.plain.map((word) => {
      const [name = "", assignment = ""] = word.split(":");
      return { memberId: this.#story.memberId(name), assignment: Buffer.from(assignment) };
    });
    const { options } = words;
    const sync = { protocolType: options.get("type"), protocolName: options.get("protocol"), assignments };
    const synced = this.#story.coordinator.syncGroup({ ...this.#member(groupId, words), ...sync });
    this.#report("sync", synced, ({ assignment, protocolName }) => `${protocolName} [${assignment.toString()}]`);
  }

  #leave(groupId: string, { options }: Words): void {
    const leaving = { memberId: this.#memberId(options), groupInstanceId: options.get("instance"), reason: undefined };
    this.#report("leave", this.#story.coordinator.leaveGroup(groupId, [leaving]), ([fault]) => faultWord(fault));
  }

  #commit(groupId: string, words: Words): void {
    const { options, plain } = words;
    const retention = options.get("retention");
    const partitions = plain.map((word) => {
      const [name = "", value = ""] = word.split(":");
      const [offset = "", metadata = ""] = value.split("/");
      return { ...partitionOf(name), offset: Offset(Number(offset)), leaderEpoch: LeaderEpoch(-1), metadata };
    });
    const committed = this.#story.coordinator.commitOffsets({
      ...this.#member(groupId, words),
      retentionMs: retention === undefined ? undefined : durationMs(retention),
      reportsMissingGroup: Number(options.get("v") ?? 8) >= 9,
      partitions,
    });
    this.#report("commit", committed, (faults) => plain.map((word, index) => `${word}=${faultWord(faults[index])}`).join(" "));
  }

  #fetch(groupId: string, { plain }: Words): void {
    const requireStable = plain.includes("stable");
    const names = plain.filter((word) => word !== "stable");
    const partitions = names[0] === "all" ? undefined : names.map(partitionOf);
    const fetched = this.#story.coordinator.fetchOffsets({ groupId, partitions, requireStable });
    this.#report("fetch", fetched, (offsets) =>
      offsets
        .map(({ topic, partition, offset, metadata, error }) => {
          const value = error === undefined ? `${offset}${metadata && `/${metadata}`}` : codeOf(error);
          return `${topic}-${partition}=${value}`;
        })
        .join(" "),
    );
  }

  #member(groupId: string, { options }: Words) {
    const generationId = Number(options.get("generation") ?? this.generationId);
    return { groupId, generationId, memberId: this.#memberId(options), groupInstanceId: options.get("instance") };
  }

  #memberId(options: ReadonlyMap<string, string>): string {
    const label = options.get("as");
    if (label === undefined) return this.memberId;
    return label === "none" ? "" : this.#story.memberId(label);
  }

  #report<Answer>(verb: string, answer: Promise<Answer>, words: (answer: Answer) => string): void {
    answer.then(
      (told) => this.#story.say(`${this.name} ${verb} ${words(told)}`),
      (error: unknown) => this.#story.say(`${this.name} ${verb} ${codeOf(error)}`),
    );
  }
}
