import { advertised, apis, encodeRequest } from "@millrace/protocol";
import { rawCorrelationId } from "../exchange.ts";
import { type Scenario, scenario } from "../scenario.ts";
import type { Side } from "../side.ts";

const apiVersionsKey = 18;
const heartbeat = { key: apis.Heartbeat.key, version: 3 };

/** A frame with a header that is as it should be, and bytes behind it. */
function frameOf(key: number, version: number, body: Buffer = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(14);
  header.writeInt32BE(10 + body.length, 0);
  header.writeInt16BE(key, 4);
  header.writeInt16BE(version, 6);
  header.writeInt32BE(rawCorrelationId, 8);
  header.writeInt16BE(-1, 12); // no client id
  return Buffer.concat([header, body]);
}

function heartbeatFrame(clientId: string | null): Buffer {
  const request = { groupId: "frames-unknown", generationId: 1, memberId: "nobody", groupInstanceId: null };
  return Buffer.concat(encodeRequest(apis.Heartbeat, { apiVersion: 3, correlationId: rawCorrelationId, clientId }, request).parts);
}

async function ask(side: Side, situation: string, bytes: Buffer, api = heartbeat): Promise<void> {
  await side.attemptRaw(situation, api, bytes);
}

export const framesScenarios: readonly Scenario[] = [
  scenario("frames that are no requests", async (side) => {
    for (const length of [-1, -(2 ** 31), 104_857_601, 2 ** 31 - 1]) {
      const bytes = Buffer.alloc(20);
      bytes.writeInt32BE(length);
      await ask(side, `a length of ${length}`, bytes);
    }
    await ask(side, "a length of 0", Buffer.alloc(4));
    for (const bytes of [1, 2, 4, 7, 8, 9])
      await ask(side, "a header cut short", Buffer.concat([Buffer.from([0, 0, 0, bytes]), frameOf(12, 3).subarray(4, 4 + bytes)]));
    await ask(side, "bytes behind the request", withBytesBehind(heartbeatFrame("differential")));
    await ask(side, "no client id", heartbeatFrame(null));
    await ask(side, "an empty client id", heartbeatFrame(""));
  }),

  scenario("APIs and versions that are not served", async (side) => {
    for (const key of [-1, 4, 7, 62, 200, 32_767]) await ask(side, "an unknown API", frameOf(key, 0), { key: heartbeat.key, version: 0 });
    for (const [name, { last }] of advertised) {
      const { key } = apis[name];
      if (key === apiVersionsKey) continue;
      for (const version of [-1, last + 10, 32_767]) await ask(side, "an unknown version", frameOf(key, version), { key, version });
    }
    for (const version of [-1, 6, 99, 32_767]) {
      const body = Buffer.from("whatever");
      await ask(side, "an unknown version of ApiVersions", frameOf(apiVersionsKey, version, body), { key: apiVersionsKey, version: 0 });
    }
  }),
];

function withBytesBehind(frame: Buffer): Buffer {
  const longer = Buffer.concat([frame, Buffer.from([1, 2, 3])]);
  longer.writeInt32BE(longer.length - 4);
  return longer;
}
