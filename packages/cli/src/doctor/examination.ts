import type { BrokerDescription, ClusterDescription } from "@millrace/client";
import { printAddress } from "@millrace/vocabulary";
import { within } from "../time-limit.ts";
import { type Finding, failed, ok, warning } from "./finding.ts";
import { checkHttpDoor } from "./http-door.ts";
import { askApiVersions } from "./kafka-door.ts";
import { checkDisk, checkOpenFiles } from "./machine.ts";

/** Where a broker's doors are. */
type Address = Pick<BrokerDescription, "host" | "port">;

export interface ExaminationOptions {
  readonly addresses: readonly Address[];
  /** How long a door may take to answer. */
  readonly timeoutMs: number;
  /** Where a broker keeps its records; undefined: not on this machine. */
  readonly data: string | undefined;
}

/** Looks at every door of the brokers that are named and of those that they name, and at this machine. */
export async function examine({ addresses, timeoutMs, data }: ExaminationOptions): Promise<Finding[]> {
  const named = await Promise.all(addresses.map((address) => checkDoors(address, timeoutMs)));
  const others = await checkOthers(addresses, timeoutMs);
  const disk = data === undefined ? [] : [await checkDisk(data)];
  return [...named.flat(), ...others, checkOpenFiles(), ...disk];
}

async function checkDoors(address: Address, timeoutMs: number): Promise<Finding[]> {
  const kafka = await checkKafkaDoor(address, timeoutMs);
  // Where nothing listens, the other doors would only say so again.
  if (kafka.state === "failed" && /ECONNREFUSED|ENOTFOUND|EAI_AGAIN/.test(kafka.seen)) return [kafka];
  return [kafka, await checkGrpcDoor(address, timeoutMs), ...(await checkHttpDoor(printAddress(address), timeoutMs))];
}

async function checkKafkaDoor(address: Address, timeoutMs: number): Promise<Finding> {
  const check = `kafka door ${printAddress(address)}`;
  try {
    return ok(check, `${await askApiVersions(address, timeoutMs)} APIs`);
  } catch (error) {
    return failed(
      check,
      (error as Error).message,
      "is a broker running there? millrace up starts one; a firewall or another listeners= may be in the way",
    );
  }
}

async function checkGrpcDoor(address: Address, timeoutMs: number): Promise<Finding> {
  const check = `grpc door ${printAddress(address)}`;
  try {
    const { clusterId, brokers } = await describe([address], timeoutMs);
    return ok(check, `cluster ${clusterId}, brokers: ${brokers.length}`);
  } catch (error) {
    return failed(check, (error as Error).message, "is it a broker of Millrace? a proxy in between must let HTTP/2 through");
  }
}

/** Brokers of the cluster that nobody named: clients go to the addresses that brokers advertise, whichever they asked first. */
async function checkOthers(addresses: readonly Address[], timeoutMs: number): Promise<Finding[]> {
  const description = await describe(addresses, timeoutMs).catch(() => undefined); // told by the doors
  const named = new Set(addresses.map(printAddress));
  const others = (description?.brokers ?? []).filter((broker) => !named.has(printAddress(broker)));
  return Promise.all(
    others.map(async ({ id, isFenced, ...broker }) => {
      const check = `broker ${id} at ${printAddress(broker)}`;
      if (isFenced) return warning(check, "fenced: it leads nothing", "start it again, or look into its log");
      const finding = await checkKafkaDoor(broker, timeoutMs);
      if (finding.state === "ok") return { ...finding, check };
      return failed(check, finding.seen, "set advertised.listeners of the broker to an address that clients reach");
    }),
  );
}

async function describe(addresses: readonly Address[], timeoutMs: number): Promise<ClusterDescription> {
  const { connect } = await import("@millrace/client");
  const mill = connect(addresses.map(printAddress), { clientId: "millrace-doctor", requestTimeoutMs: timeoutMs, signals: false });
  try {
    await within(timeoutMs, mill.ready());
    return await mill.admin.describeCluster();
  } finally {
    await mill.close();
  }
}
