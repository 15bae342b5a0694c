import { metadataLevelFeature, metadataLevelMax, metadataLevelMin } from "@millrace/metadata";
import { advertised, apis, type RequestOf, type ResponseOf } from "@millrace/protocol";
import { MillraceError } from "@millrace/vocabulary";
import type { Broker } from "../../../broker.ts";
import { errorCodeOf } from "../error-codes.ts";
import { handler, type KafkaCall, type KafkaHandler } from "../handler.ts";

/** The first version that names the client's software. */
const softwareVersion = 3;
/** The first version that says which broker the client believes to talk to. */
const clusterIdVersion = 5;
const softwareName = /^[a-zA-Z0-9](?:[a-zA-Z0-9\-.]*[a-zA-Z0-9])?$/;

export function apiVersionsHandler(broker: Broker): KafkaHandler<"ApiVersions"> {
  return handler("ApiVersions", { resource: "none", access: "describe", quota: "none" }, (request, call) => handle(broker, request, call));
}

function handle(broker: Broker, request: RequestOf<"ApiVersions">, call: KafkaCall): ResponseOf<"ApiVersions"> {
  const fault = faultOf(broker, request, call);
  if (fault !== undefined) return { errorCode: errorCodeOf(fault), apiKeys: [] };
  const { features } = broker.image;
  return {
    errorCode: 0,
    apiKeys: [...advertised].map(([name, { first, last }]) => ({ apiKey: apis[name].key, minVersion: first, maxVersion: last })),
    supportedFeatures: [{ name: metadataLevelFeature, minVersion: metadataLevelMin, maxVersion: metadataLevelMax }],
    finalizedFeaturesEpoch: Math.max(0, broker.image.offset),
    // Level 0 means that the feature is off, which is told by leaving it out.
    finalizedFeatures: [...features]
      .filter(([, level]) => level > 0)
      .map(([name, level]) => ({ name, maxVersionLevel: level, minVersionLevel: level })),
  };
}

function faultOf(broker: Broker, request: RequestOf<"ApiVersions">, { version }: KafkaCall): MillraceError | undefined {
  const { clientSoftwareName, clientSoftwareVersion, clusterId, nodeId } = request;
  if (version >= softwareVersion && !(softwareName.test(clientSoftwareName) && softwareName.test(clientSoftwareVersion))) {
    return new MillraceError("INVALID_REQUEST", { clientSoftwareName, clientSoftwareVersion });
  }
  const isElsewhere = clusterId !== null && (clusterId !== broker.clusterId || nodeId !== broker.self);
  if (version >= clusterIdVersion && isElsewhere) return new MillraceError("REBOOTSTRAP_REQUIRED", { clusterId, nodeId });
  return undefined;
}
