import { type Api, apis, decodeRequest, readRequestHeader } from "@millrace/protocol";
import { capturedExchanges, type Exchange } from "../../packages/protocol/test/support/captured.ts";
import { rawCorrelationId } from "./exchange.ts";
import { type Scenario, scenario } from "./scenario.ts";
import type { Side } from "./side.ts";

/** APIs whose recorded requests would wait for members that do not come, or change the topics that others ask for. */
const leftOut: ReadonlySet<string> = new Set(["JoinGroup", "DeleteTopics", "CreatePartitions"]);
/** APIs that tell of everything there is where no names are given: other scenarios leave much behind. */
const listing: ReadonlySet<string> = new Set([
  "Metadata",
  "DescribeLogDirs",
  "DescribeTopicPartitions",
  "ListGroups",
  "ListConfigResources",
  "ElectLeaders",
]);
/** Where the correlation id stands in a frame without its length. */
const correlationIdAt = 4;

/** What real clients said to a real broker, client by client, said again to both. The topics that they speak of are there. */
export function recordedScenarios(): Scenario[] {
  const clients = new Map<string, Exchange[]>();
  for (const exchange of capturedExchanges()) clients.set(exchange.client, [...(clients.get(exchange.client) ?? []), exchange]);
  return [...clients].map(([client, exchanges]) => scenario(`what ${client} said`, (side) => play(side, exchanges)));
}

async function play(side: Side, exchanges: readonly Exchange[]): Promise<void> {
  const comparable = exchanges.filter((exchange) => isComparable(exchange, side));
  for (const name of topicsOf(comparable)) await side.hasTopic(name);
  for (const { client, api, version, request } of comparable) {
    await side.attemptRaw(`recorded from ${client}`, { key: apis[api].key, version }, framed(request));
  }
}

function isComparable(exchange: Exchange, side: Side): boolean {
  const { api, version } = exchange;
  if (leftOut.has(api) || !side.versionsOf(api).includes(version)) return false;
  const message = messageOf(exchange);
  return !isOfTransactions(message) && !(listing.has(api) && namesNothing(message));
}

/** Every name under a field that holds topics' names. */
function topicsOf(exchanges: readonly Exchange[]): Set<string> {
  const names = new Set<string>();
  for (const exchange of exchanges) {
    if (["Metadata", "Produce", "Fetch", "ListOffsets"].includes(exchange.api)) collect(messageOf(exchange), names);
  }
  return names;
}

function messageOf({ api, request }: Exchange): object {
  return decodeRequest<object>(apis[api] as Api, readRequestHeader(request), request);
}

function namesNothing({ topics }: { readonly topics?: readonly object[] | null }): boolean {
  return (topics ?? []).length === 0;
}

/** Transactions are not served; where Kafka is asked for their coordinator, it makes a topic for them. */
function isOfTransactions(message: { readonly keyType?: number; readonly transactionalId?: string | null }): boolean {
  return message.keyType === 1 || (message.transactionalId ?? null) !== null;
}

function collect(value: unknown, names: Set<string>): void {
  if (value === null || typeof value !== "object" || Buffer.isBuffer(value)) return;
  for (const [field, each] of Object.entries(value)) {
    if ((field === "name" || field === "topic") && typeof each === "string" && each !== "") names.add(each);
    else collect(each, names);
  }
}

function framed(request: Buffer): Buffer {
  const frame = Buffer.alloc(4 + request.length);
  frame.writeInt32BE(request.length);
  request.copy(frame, 4);
  frame.writeInt32BE(rawCorrelationId, 4 + correlationIdAt);
  return frame;
}
