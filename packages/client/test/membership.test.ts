import { join } from "node:path";
import { type ErrorCode, MillraceError } from "@millrace/vocabulary";
import { tellScenarios } from "../../../test/support/scenarios.ts";
import { Membership } from "../src/group/membership.ts";
import type { MembershipEffect, MembershipEvent } from "../src/group/membership-events.ts";

/**
 * Stories of one member. `after MS` lets time pass; any other line is an event, answered to what the member asked last:
 *
 *     begun | found | joined MEMBER GENERATION [leader MEMBER] | computed | synced | beaten | failed CODE [MEMBER] | released |
 *     woken | outdated | left
 *
 * `late` before an event: it answers what was asked before that.
 */
tellScenarios(join(import.meta.dirname, "membership"), () => {
  const membership = new Membership({
    sessionTimeoutMs: 45_000,
    heartbeatIntervalMs: 3_000,
    isStatic: false,
    backoffMs: (failures) => 100 * 2 ** failures,
  });
  let nowMs = 0;
  let ticket = 0;
  const tell = (line: string): string[] => {
    const isLate = line.startsWith("late ");
    const [verb, ...words] = line.replace("late ", "").split(" ");
    if (verb === "after") {
      nowMs += Number(words[0]);
      return [];
    }
    const effects = membership.step(eventOf(verb!, words, isLate ? ticket - 1 : ticket), nowMs);
    for (const effect of effects) if ("ticket" in effect) ticket = effect.ticket;
    return effects.length === 0 ? [`${verb}: nothing`] : effects.map((effect) => `${verb}: ${print(effect)}`);
  };
  return { tell };
});

function eventOf(verb: string, words: readonly string[], ticket: number): MembershipEvent {
  switch (verb) {
    case "joined": {
      const [memberId = "", generation, , leader = ""] = words;
      const members = leader === memberId ? [{ memberId, groupInstanceId: null, metadata: Buffer.alloc(0) }] : [];
      const group = { protocolType: "consumer", protocolName: "range", skipAssignment: false };
      return { type: "joined", ticket, response: { ...group, generationId: Number(generation), memberId, leader, members } };
    }
    case "computed":
      return { type: "computed", ticket, assignments: new Map([["m", Buffer.from("assigned")]]) };
    case "synced":
      return { type: "synced", ticket, assignment: Buffer.from("assigned") };
    case "failed":
      return {
        type: "failed",
        ticket,
        error: new MillraceError(words[0] as ErrorCode, words[1] === undefined ? {} : { memberId: words[1] }),
      };
    case "found":
    case "beaten":
      return { type: verb, ticket };
    default:
      return { type: verb } as MembershipEvent;
  }
}

function print(effect: MembershipEffect): string {
  switch (effect.type) {
    case "join":
    case "leave":
      return `${effect.type} as ${effect.memberId === "" ? "nobody" : effect.memberId}`;
    case "sync":
      return `sync${effect.assignments.size > 0 ? " with assignments" : ""}`;
    case "compute":
      return `compute for ${effect.members.map(({ memberId }) => memberId).join(" ")}`;
    case "assigned":
      return `assigned ${effect.assignment.toString()}`;
    case "release":
      return effect.error === undefined ? "release" : `release, lost: ${effect.error.code}`;
    case "wake":
      return `wake after ${effect.afterMs}`;
    case "stopped":
      return `stopped: ${effect.error.code}`;
    default:
      return effect.type;
  }
}
