import { includesVersion } from "./declaration/versions.ts";
import type { InputOf, Message, TypeOf } from "./declaration/message.ts";
import { FetchRequest, FetchResponse } from "./messages/01-fetch.ts";
import { ProduceRequest, ProduceResponse } from "./messages/00-produce.ts";
import { ListOffsetsRequest, ListOffsetsResponse } from "./messages/02-list-offsets.ts";
import { MetadataRequest, MetadataResponse } from "./messages/03-metadata.ts";
import { ApiVersionsRequest, ApiVersionsResponse } from "./messages/18-api-versions.ts";

/** What a client can ask of a broker: request and response, in the same versions. */
export interface Api<Request = any, RequestInput = any, Response = any, ResponseInput = any> {
  readonly name: string;
  readonly key: number;
  readonly request: Message<Request, RequestInput>;
  readonly response: Message<Response, ResponseInput>;
}

function pair<Q, QI, S, SI>(request: Message<Q, QI>, response: Message<S, SI>): Api<Q, QI, S, SI> {
  return { name: request.name, key: request.key, request, response };
}

/** Every API that is declared, by Kafka's name. What a broker serves of it: `advertised`. */
export const apis = {
  Produce: pair(ProduceRequest, ProduceResponse),
  Fetch: pair(FetchRequest, FetchResponse),
  ListOffsets: pair(ListOffsetsRequest, ListOffsetsResponse),
  Metadata: pair(MetadataRequest, MetadataResponse),
  ApiVersions: pair(ApiVersionsRequest, ApiVersionsResponse),
} as const satisfies Record<string, Api>;

export type ApiName = keyof typeof apis;
/** A request as its handler gets it: one shape for all versions. */
export type RequestOf<Name extends ApiName> = TypeOf<(typeof apis)[Name]["request"]>;
/** A response as a handler gives it. */
export type ResponseOf<Name extends ApiName> = InputOf<(typeof apis)[Name]["response"]>;

const apisByKey: ReadonlyMap<number, Api> = new Map(Object.values(apis).map((each) => [each.key, each]));

/** The API of a key; undefined: none that is declared here. */
export function apiOf(key: number): Api | undefined {
  return apisByKey.get(key);
}

/** The version of the header before a request: 2 has tagged fields, 1 has none (0, without client id, is gone). */
export function requestHeaderVersion(api: Api | undefined, version: number): 1 | 2 {
  return api !== undefined && includesVersion(api.request.flexible, version) ? 2 : 1;
}

/** The version of the header before a response. ApiVersions has 0 always: its client knows no version yet. */
export function responseHeaderVersion(api: Api, version: number): 0 | 1 {
  return api.key !== apis.ApiVersions.key && includesVersion(api.response.flexible, version) ? 1 : 0;
}
