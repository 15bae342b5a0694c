import { describe, expect, test } from "vitest";
import { type Api, apis } from "../src/apis.ts";
import { decodeRequest, decodeResponse, encodeRequest, encodeResponse, readCorrelationId, readRequestHeader } from "../src/frames.ts";
import { capturedExchanges, type Exchange } from "./support/captured.ts";

const exchanges = capturedExchanges();
const titled = exchanges.map((exchange, index) => ({
  ...exchange,
  title: `${exchange.client} ${exchange.api} ${exchange.version} #${index}`,
}));

function again(parts: readonly Buffer[]): Buffer {
  return Buffer.concat(parts).subarray(4);
}

/** InitProducerId 6 is declared by Kafka 4.3, but served only with unstable versions enabled. */
const newerThanKafka43 = ["ApiVersions 5", "InitProducerId 6", "DeleteGroups 3"];

describe("what real clients and a real broker said", () => {
  test.each(titled)("request $title is the same bytes again", ({ api: name, version, request }: Exchange) => {
    const api: Api = apis[name];
    const header = readRequestHeader(request);
    expect(header).toMatchObject({ apiKey: api.key, apiVersion: version });
    expect(again(encodeRequest(api, header, decodeRequest(api, header, request)).parts)).toEqual(request);
  });

  test.each(titled.filter(({ response }) => response !== undefined))(
    "response $title is the same bytes again",
    ({ api: name, version, request, response }: Exchange) => {
      const api: Api = apis[name];
      const { correlationId } = readRequestHeader(request);
      expect(readCorrelationId(response!)).toBe(correlationId);
      expect(again(encodeResponse(api, version, correlationId, decodeResponse(api, version, response!)).parts)).toEqual(response);
    },
  );

  test("every API was answered in every version that Kafka 4.3 serves", () => {
    const answered = new Set(exchanges.filter(({ response }) => response !== undefined).map(({ api, version }) => `${api} ${version}`));
    const missing = Object.values<Api>(apis).flatMap(({ name, request: { versions } }) =>
      Array.from({ length: versions.last - versions.first + 1 }, (_, index) => `${name} ${versions.first + index}`).filter(
        (version) => !answered.has(version),
      ),
    );
    expect(missing).toEqual(newerThanKafka43);
  });
});
