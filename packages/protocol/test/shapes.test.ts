import { BrokerId, Offset, TopicId, zeroUuid } from "@millrace/vocabulary";
import { describe, expect, test } from "vitest";
import { apis } from "../src/apis.ts";
import { Reader } from "../src/codec/reader.ts";
import { Writer } from "../src/codec/writer.ts";
import type { Message } from "../src/declaration/message.ts";
import { refusalOf } from "./support/refusal.ts";

/** What the other side reads of what this side wrote. */
function across<Value, Input>(message: Message<Value, Input>, version: number, value: Input): Value {
  const writer = new Writer();
  message.codec(version).write(writer, value);
  return message.codec(version).read(new Reader(Buffer.concat(writer.finish().parts)));
}

const someId = TopicId("AAECAwQFBgcICQoLDA0ODw");

describe("one shape for every version", () => {
  test("FindCoordinator has one key before version 4, and its answer no key", () => {
    expect(across(apis.FindCoordinator.request, 3, { keyType: 1, coordinatorKeys: ["tx"] })).toEqual({
      keyType: 1,
      coordinatorKeys: ["tx"],
    });
    expect(refusalOf(() => across(apis.FindCoordinator.request, 3, { coordinatorKeys: ["a", "b"] }))).toBe("UNSUPPORTED_VERSION");
    const coordinator = { key: "tx", nodeId: BrokerId(2), host: "b2", port: 9092, errorCode: 0, errorMessage: null };
    expect(across(apis.FindCoordinator.response, 2, { coordinators: [coordinator] }).coordinators).toEqual([{ ...coordinator, key: "" }]);
    expect(across(apis.FindCoordinator.response, 4, { coordinators: [coordinator] }).coordinators).toEqual([coordinator]);
  });

  test("LeaveGroup has one member before version 3, whose error is the whole answer's", () => {
    const members = [{ memberId: "m", groupInstanceId: null, reason: null }];
    expect(across(apis.LeaveGroup.request, 1, { groupId: "g", members })).toEqual({ groupId: "g", members });
    expect(refusalOf(() => across(apis.LeaveGroup.request, 2, { groupId: "g", members: [...members, ...members] }))).toBe(
      "UNSUPPORTED_VERSION",
    );
    const answer = { errorCode: 0, members: [{ memberId: "m", groupInstanceId: null, errorCode: 25 }] };
    expect(across(apis.LeaveGroup.response, 1, answer)).toMatchObject({ errorCode: 25, members: [] });
    expect(across(apis.LeaveGroup.response, 3, answer)).toMatchObject(answer);
  });

  test("DeleteTopics names topics before version 6, and cannot say ids", () => {
    const byName = { topics: [{ name: "orders", topicId: zeroUuid }], timeoutMs: 5 };
    expect(across(apis.DeleteTopics.request, 5, byName)).toEqual(byName);
    const byId = { topics: [{ name: null, topicId: someId }], timeoutMs: 5 };
    expect(across(apis.DeleteTopics.request, 6, byId)).toEqual(byId);
    expect(refusalOf(() => across(apis.DeleteTopics.request, 5, byId))).toBe("UNSUPPORTED_VERSION");
  });

  test("OffsetFetch has one group before version 8", () => {
    const topics = [{ name: "orders", topicId: zeroUuid, partitionIndexes: [0, 1] }];
    const group = { groupId: "g", memberId: null, memberEpoch: -1, topics };
    expect(across(apis.OffsetFetch.request, 7, { groups: [group], requireStable: true })).toEqual({ groups: [group], requireStable: true });
    expect(refusalOf(() => across(apis.OffsetFetch.request, 7, { groups: [group, group] }))).toBe("UNSUPPORTED_VERSION");
    expect(across(apis.OffsetFetch.request, 2, { groups: [{ ...group, topics: null }] }).groups[0]!.topics).toBeNull();
    expect(refusalOf(() => across(apis.OffsetFetch.request, 1, { groups: [{ ...group, topics: null }] }))).toBe("UNSUPPORTED_VERSION");
  });

  test("OffsetFetch 1 tells a group's error by each partition, 2 to 7 by itself", () => {
    const partition = { partitionIndex: 0, committedOffset: Offset(-1), committedLeaderEpoch: -1 as never, metadata: "", errorCode: 0 };
    const answer = { groups: [{ groupId: "g", topics: [{ name: "orders", topicId: zeroUuid, partitions: [partition] }], errorCode: 16 }] };
    const [byPartition] = across(apis.OffsetFetch.response, 1, answer).groups;
    expect(byPartition).toMatchObject({ groupId: "", errorCode: 0, topics: [{ partitions: [{ errorCode: 16 }] }] });
    const [byGroup] = across(apis.OffsetFetch.response, 5, answer).groups;
    expect(byGroup).toMatchObject({ groupId: "", errorCode: 16, topics: [{ partitions: [{ errorCode: 0 }] }] });
    expect(across(apis.OffsetFetch.response, 8, answer).groups[0]).toMatchObject({ groupId: "g", errorCode: 16 });
  });

  test("Metadata 0 asks for all topics by naming none, later versions by null", () => {
    expect(across(apis.Metadata.request, 0, { topics: null }).topics).toBeNull();
    expect(across(apis.Metadata.request, 1, { topics: null }).topics).toBeNull();
    expect(across(apis.Metadata.request, 1, { topics: [] }).topics).toEqual([]);
    expect(refusalOf(() => across(apis.Metadata.request, 0, { topics: [] }))).toBe("UNSUPPORTED_VERSION");
  });

  test("ApiVersions leaves out features of level 0 before version 4", () => {
    const supportedFeatures = [
      { name: "transaction.version", minVersion: 0, maxVersion: 2 },
      { name: "metadata.version", minVersion: 7, maxVersion: 33 },
    ];
    const answer = { errorCode: 0, apiKeys: [], supportedFeatures };
    expect(across(apis.ApiVersions.response, 3, answer).supportedFeatures).toEqual([supportedFeatures[1]]);
    expect(across(apis.ApiVersions.response, 4, answer).supportedFeatures).toEqual(supportedFeatures);
  });
});
