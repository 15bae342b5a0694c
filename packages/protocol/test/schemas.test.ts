import { beforeAll, describe, expect, test } from "vitest";
import { apis } from "../src/apis.ts";
import type { Message } from "../src/declaration/message.ts";
import { ConsumerProtocolAssignment, ConsumerProtocolSubscription } from "../src/embedded/consumer-protocol.ts";
import { GroupMetadataKey, GroupMetadataValue } from "../src/stored/group-metadata.ts";
import { OffsetCommitKey, OffsetCommitValue } from "../src/stored/offset-commit.ts";
import { fetchSchemas, type Schema } from "./support/kafka-schemas.ts";
import { outlineOfDeclaration, outlineOfSchema } from "./support/outline.ts";

const declared = new Map<string, Message<unknown, any>>([
  ...Object.values(apis).flatMap(({ name, request, response }) => [
    [`${name}Request`, request as Message<unknown, any>] as const,
    [`${name}Response`, response as Message<unknown, any>] as const,
  ]),
  ...[
    OffsetCommitKey,
    OffsetCommitValue,
    GroupMetadataKey,
    GroupMetadataValue,
    ConsumerProtocolSubscription,
    ConsumerProtocolAssignment,
  ].map((message) => [message.name, message as Message<unknown, any>] as const),
]);

describe("declarations and the schemas of Kafka 4.4.0", () => {
  let schemas: ReadonlyMap<string, Schema> | undefined;
  beforeAll(async () => {
    schemas = await fetchSchemas();
  });

  test.for([...declared.keys()])("%s says what Kafka's schema says", (name, { skip }) => {
    if (schemas === undefined) return skip("Maven is missing, or reaches no repository");
    const schema = schemas.get(name);
    expect(schema, "Kafka has a schema of this name").toBeDefined();
    expect(outlineOfDeclaration(declared.get(name)!)).toEqual(outlineOfSchema(schema!));
  });
});
