import { type Scenario, scenario } from "../scenario.ts";
import { joinOf, loneMember, near } from "./members.ts";

/** The first version of JoinGroup and Heartbeat with static members, and the first that names the protocol. */
const staticVersion = 5;

export const groupsScenarios: readonly Scenario[] = [
  scenario("the life of a group with one member", async (side) => {
    for (const version of side.versionsOf("JoinGroup")) {
      const groupId = `lone-${version}`;
      const memberId = await loneMember(side, groupId, version);
      const heartbeat = (situation: string, changes: object) =>
        side.attempt(situation, "Heartbeat", near(side, "Heartbeat", version), { groupId, generationId: 1, memberId, ...changes });
      await heartbeat("a heartbeat", {});
      await heartbeat("a heartbeat of another generation", { generationId: 2 });
      await heartbeat("a heartbeat of an unknown member", { memberId: "nobody" });
      await heartbeat("a heartbeat without a member", { memberId: "" });
      await heartbeat("a heartbeat to an unknown group", { groupId: "lone-unknown" });
      await heartbeat("a heartbeat to no group", { groupId: "" });
      await side.askEach("a stable group", "DescribeGroups", () => ({ groups: [groupId] }));
      await side.askEach("a group with a member", "DeleteGroups", () => ({ groupsNames: [groupId] }));
      const sync = (situation: string, changes: object) =>
        side.attempt(situation, "SyncGroup", near(side, "SyncGroup", version), {
          groupId,
          generationId: 1,
          memberId,
          protocolType: "consumer",
          protocolName: "range",
          assignments: [],
          ...changes,
        });
      await sync("the assignment again", {});
      await sync("the assignment of another generation", { generationId: 0 });
      await sync("the assignment of an unknown member", { memberId: "nobody" });
      await sync("the assignment in an unknown group", { groupId: "lone-unknown" });
      await side.attempt("the leader joins again", "JoinGroup", version, joinOf(groupId, { memberId }));
      await heartbeat("a heartbeat before the assignment", { generationId: 2 });
      await sync("an assignment of nothing", { generationId: 2 });
      const leave = (situation: string, id: string) =>
        side.attempt(situation, "LeaveGroup", near(side, "LeaveGroup", version), {
          groupId,
          members: [{ memberId: id, groupInstanceId: null }],
        });
      await leave("an unknown member leaves", "nobody");
      await leave("the member leaves", memberId);
      await leave("the member leaves again", memberId);
      await side.askEach("an empty group", "DescribeGroups", () => ({ groups: [groupId] }));
      await side.attempt("an empty group is deleted", "DeleteGroups", 2, { groupsNames: [groupId] });
      await side.attempt("a deleted group", "DescribeGroups", near(side, "DescribeGroups", version), { groups: [groupId] });
      await side.attempt("a deleted group", "DeleteGroups", 2, { groupsNames: [groupId] });
    }
  }),

  scenario("members that are refused", async (side) => {
    for (const version of side.versionsOf("JoinGroup")) {
      const groupId = `refused-${version}`;
      const memberId = await loneMember(side, groupId, version);
      const join = (situation: string, changes: object) =>
        side.attempt(situation, "JoinGroup", version, joinOf(groupId, { memberId, ...changes }));
      await join("no group", { groupId: "", memberId: "" });
      await join("too short a session", { sessionTimeoutMs: 5999, memberId: "" });
      await join("too long a session", { sessionTimeoutMs: 1_800_001, memberId: "" });
      await join("an unknown member of an unknown group", { groupId: `refused-unknown-${version}`, memberId: "nobody" });
      await join("an unknown member", { memberId: "nobody" });
      await join("another protocol type", { protocolType: "connect" });
      await join("an empty protocol type", { protocolType: "" });
      await join("no protocols", { protocols: [] });
      await join("no protocol in common", { memberId: "", protocols: [{ name: "other", metadata: Buffer.alloc(0) }] });
      await join("no protocols in a new group", { groupId: `refused-new-${version}`, memberId: "", protocols: [] });
      await join("no protocol type in a new group", { groupId: `refused-new-${version}`, memberId: "", protocolType: "" });
      await side.attempt("the group as it was", "DescribeGroups", 5, { groups: [groupId] });
    }
  }),

  scenario("a group with two members", async (side) => {
    for (const version of side.versionsOf("JoinGroup")) {
      const groupId = `two-${version}`;
      const first = await loneMember(side, groupId, version);
      const over = "second";
      let join = joinOf(groupId);
      if (version >= 4) {
        const { memberId } = await side.ask("a second member, without an id", "JoinGroup", version, join, { over });
        join = joinOf(groupId, { memberId });
      }
      const joining = side.ask("a second member", "JoinGroup", version, join, { over });
      const heartbeat = { groupId, generationId: 1, memberId: first };
      await side.arrangeUntil("Heartbeat", 3, heartbeat, ({ errorCode }) => errorCode === 27);
      await side.attempt("a heartbeat in a rebalance", "Heartbeat", near(side, "Heartbeat", version), heartbeat);
      await side.attempt("a group in a rebalance", "DescribeGroups", 5, { groups: ["two-unknown"] });
      const assignment = (memberId: string, assignments: { memberId: string; assignment: Buffer }[]) => ({
        groupId,
        generationId: 2,
        memberId,
        protocolType: "consumer",
        protocolName: "range",
        assignments,
      });
      await side.attempt("an assignment in a rebalance", "SyncGroup", near(side, "SyncGroup", version), {
        ...assignment(first, []),
        generationId: 1,
      });
      await side.ask("the leader joins again", "JoinGroup", version, joinOf(groupId, { memberId: first }));
      const { memberId: second } = await joining;
      const waiting = side.attempt("an assignment that waits", "SyncGroup", near(side, "SyncGroup", version), assignment(second, []), {
        over,
      });
      await side.ask("the assignment of the leader", "SyncGroup", near(side, "SyncGroup", version), {
        ...assignment(first, [
          { memberId: first, assignment: Buffer.from([1]) },
          { memberId: second, assignment: Buffer.from([2]) },
        ]),
      });
      await waiting;
      await side.attempt("a follower joins again as it was", "JoinGroup", version, joinOf(groupId, { memberId: second }), { over });
      await side.attempt("two members", "DescribeGroups", near(side, "DescribeGroups", version), { groups: [groupId] });
      for (const memberId of [first, second]) {
        await side.attempt("members leave", "LeaveGroup", near(side, "LeaveGroup", version), {
          groupId,
          members: [{ memberId, groupInstanceId: null }],
        });
      }
    }
  }),

  scenario("static members", async (side) => {
    for (const version of side.versionsOf("JoinGroup").filter((each) => each >= staticVersion)) {
      const groupId = `static-${version}`;
      const groupInstanceId = "one";
      const memberId = await loneMember(side, groupId, version, { groupInstanceId });
      const heartbeat = (situation: string, changes: object) =>
        side.attempt(situation, "Heartbeat", near(side, "Heartbeat", version), {
          groupId,
          generationId: 1,
          memberId,
          groupInstanceId,
          ...changes,
        });
      await heartbeat("a static heartbeat", {});
      await heartbeat("a static heartbeat of an unknown instance", { groupInstanceId: "two" });
      await heartbeat("a static heartbeat of an unknown member", { memberId: "nobody" });
      await side.attempt("a static group", "DescribeGroups", near(side, "DescribeGroups", version), { groups: [groupId] });
      const again = await side.ask("a static member comes back", "JoinGroup", version, joinOf(groupId, { groupInstanceId }));
      await heartbeat("a heartbeat of the member it was", {});
      await heartbeat("a heartbeat of the member it is", { memberId: again.memberId });
      await side.attempt("a join of the member it was", "JoinGroup", version, joinOf(groupId, { groupInstanceId, memberId }));
      await side.attempt("a static member that is not there leaves", "LeaveGroup", 5, {
        groupId,
        members: [{ memberId: "", groupInstanceId: "two" }],
      });
      await side.attempt("the member it was leaves", "LeaveGroup", 5, { groupId, members: [{ memberId, groupInstanceId }] });
      await side.attempt("a static member leaves", "LeaveGroup", 5, { groupId, members: [{ memberId: "", groupInstanceId }] });
    }
  }),
];
