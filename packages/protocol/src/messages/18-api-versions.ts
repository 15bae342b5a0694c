import { array, bool, brokerId, errorCode, int16, int64, string, throttleTimeMs } from "../declaration/fields.ts";
import { type InputOf, oneShape, request, response } from "../declaration/message.ts";

/** Asks which versions of which APIs the broker serves: the first request of nearly every client. */
export const ApiVersionsRequest = request("ApiVersions", { key: 18, versions: "0-5", flexible: "3+" }).fields({
  /** Letters, digits, `-` and `.`, beginning and ending with a letter or digit, as the version must too. */
  clientSoftwareName: string({ versions: "3+", absent: "", ignorable: true }),
  clientSoftwareVersion: string({ versions: "3+", absent: "", ignorable: true }),
  /** The cluster that the client believes to talk to; with `nodeId` (KIP-1242). */
  clusterId: string({ versions: "5+", nullable: "5+", absent: null, ignorable: true }),
  nodeId: brokerId({ versions: "5+", absent: -1, ignorable: true }),
});

const WireApiVersionsResponse = response("ApiVersions", { key: 18, versions: "0-5", flexible: "3+" }).fields({
  /** UNSUPPORTED_VERSION is written in version 0, with the one entry of ApiVersions itself (KIP-511). */
  errorCode: errorCode(),
  apiKeys: array({
    apiKey: int16(),
    minVersion: int16(),
    maxVersion: int16(),
  }),
  throttleTimeMs: throttleTimeMs({ versions: "1+" }),
  supportedFeatures: array({
    name: string(),
    minVersion: int16(),
    maxVersion: int16(),
  }).with({ versions: "3+", tag: 0, ignorable: true }),
  /** Rises with each change of the levels. -1: not known, and the levels do not count. */
  finalizedFeaturesEpoch: int64({ versions: "3+", tag: 1, absent: -1, ignorable: true }),
  finalizedFeatures: array({
    name: string(),
    maxVersionLevel: int16(),
    minVersionLevel: int16(),
  }).with({ versions: "3+", tag: 2, ignorable: true }),
  zkMigrationReady: bool({ versions: "3+", tag: 3, absent: false, ignorable: true }),
});

/**
 * Its header is version 0 always, since a client that asks cannot know more. Before version 4 features that may have level 0
 * are left out: clients of that time fail on them (KAFKA-17011).
 */
export const ApiVersionsResponse = oneShape(WireApiVersionsResponse, {
  fromWire: (wire, version) => ({ ...wire, supportedFeatures: featuresOf(wire.supportedFeatures, version) }),
  toWire: (value: InputOf<typeof WireApiVersionsResponse>, version) => ({
    ...value,
    supportedFeatures: featuresOf(value.supportedFeatures ?? [], version),
  }),
});

function featuresOf<Feature extends { readonly minVersion: number }>(features: readonly Feature[], version: number): readonly Feature[] {
  return version >= 4 ? features : features.filter(({ minVersion }) => minVersion > 0);
}
