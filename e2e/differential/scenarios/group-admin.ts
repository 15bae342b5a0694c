import { type Scenario, scenario } from "../scenario.ts";

export const groupAdminScenarios: readonly Scenario[] = [
  scenario("groups that are not there", async (side) => {
    await side.askEach("an unknown group", "DescribeGroups", () => ({ groups: ["groups-unknown"] }));
    await side.askEach("an unknown group and its operations", "DescribeGroups", (version) => ({
      groups: ["groups-unknown"],
      ...(version >= 3 ? { includeAuthorizedOperations: true } : {}),
    }));
    await side.askEach("an unknown group twice", "DescribeGroups", () => ({ groups: ["groups-unknown", "groups-unknown"] }));
    await side.askEach("an empty group id", "DescribeGroups", () => ({ groups: [""] }));
    await side.askEach("no groups", "DescribeGroups", () => ({ groups: [] }));
    await side.askEach("an unknown group", "DeleteGroups", () => ({ groupsNames: ["groups-unknown"] }));
    await side.askEach("an unknown group twice", "DeleteGroups", () => ({ groupsNames: ["groups-unknown", "groups-unknown"] }));
    await side.askEach("an empty group id", "DeleteGroups", () => ({ groupsNames: [""] }));
    await side.askEach("no groups", "DeleteGroups", () => ({ groupsNames: [] }));
    await side.askEach("an unknown group", "LeaveGroup", () => ({
      groupId: "groups-unknown",
      members: [{ memberId: "nobody", groupInstanceId: null }],
    }));
    await side.askEach("an empty group id", "LeaveGroup", () => ({
      groupId: "",
      members: [{ memberId: "nobody", groupInstanceId: null }],
    }));
    for (const version of side.versionsOf("LeaveGroup").filter((each) => each >= 3)) {
      await side.attempt("nobody leaves", "LeaveGroup", version, { groupId: "groups-unknown", members: [] });
    }
  }),

  scenario("ListGroups", async (side) => {
    for (const version of side.versionsOf("ListGroups").filter((each) => each >= 4)) {
      for (const state of ["Dead", "PreparingRebalance", "Assigning", "no such state", ""]) {
        await side.attempt("groups of a state", "ListGroups", version, { statesFilter: [state] });
      }
    }
    for (const version of side.versionsOf("ListGroups").filter((each) => each >= 5)) {
      for (const type of ["consumer", "share", "streams", "no such type", ""]) {
        await side.attempt("groups of a type", "ListGroups", version, { typesFilter: [type] });
      }
    }
  }),

  scenario("FindCoordinator", async (side) => {
    await side.askEach("a group", "FindCoordinator", () => ({ keyType: 0, coordinatorKeys: ["coordinated"] }));
    await side.askEach("an empty key", "FindCoordinator", () => ({ keyType: 0, coordinatorKeys: [""] }));
    for (const version of side.versionsOf("FindCoordinator").filter((each) => each >= 1)) {
      for (const keyType of [2, 3, -1]) {
        await side.attempt(`key type ${keyType}`, "FindCoordinator", version, { keyType, coordinatorKeys: ["coordinated"] });
      }
    }
    for (const version of side.versionsOf("FindCoordinator").filter((each) => each >= 4)) {
      await side.attempt("two groups", "FindCoordinator", version, { keyType: 0, coordinatorKeys: ["a", "b"] });
      await side.attempt("a group twice", "FindCoordinator", version, { keyType: 0, coordinatorKeys: ["a", "a"] });
      await side.attempt("no groups", "FindCoordinator", version, { keyType: 0, coordinatorKeys: [] });
    }
  }),
];
