import { apis, encodeResponse } from "@millrace/protocol";
import { wireOf } from "@millrace/vocabulary";

/** The answer to ApiVersions in a version that is not served: in version 0, with the versions of ApiVersions alone (KIP-511). */
export function versionFallback(correlationId: number): readonly Buffer[] {
  const { key, request } = apis.ApiVersions;
  const { first, last } = request.versions;
  const response = { errorCode: wireOf("UNSUPPORTED_VERSION"), apiKeys: [{ apiKey: key, minVersion: first, maxVersion: last }] };
  return encodeResponse(apis.ApiVersions, 0, correlationId, response).parts;
}
