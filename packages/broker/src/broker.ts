import type { Controller, HostingController } from "@millrace/controller";
import type { GroupCoordinator } from "@millrace/coordinator";
import type { MetadataImage } from "@millrace/metadata";
import type { Replicas } from "@millrace/replication";
import type { Clock, Host, Logger, MemoryBudget, Runtime, Work } from "@millrace/runtime";
import type { Authorizer, Quotas } from "@millrace/security";
import type { LogDirectory } from "@millrace/storage";
import type { BrokerEpoch, BrokerId, Configuration, Uuid } from "@millrace/vocabulary";
import { Endpoints } from "./endpoints.ts";
import type { Guards } from "./guard.ts";
import { RequestMeter } from "./metering/request-meter.ts";
import { Admissions } from "./operations/produce.ts";
import { ProducerIds } from "./operations/producer-ids.ts";
import { Topics } from "./operations/topics.ts";

/** The parts that a broker is made of; `server` builds and stops them. */
export interface BrokerParts {
  readonly runtime: Runtime;
  readonly configuration: Configuration;
  readonly self: BrokerId;
  /** Of this life, as it was registered last. */
  readonly epoch: () => BrokerEpoch;
  readonly clusterId: Uuid;
  readonly controller: Controller;
  /** The one in this process, where there is one; `controller` may follow another. */
  readonly hosted?: Pick<HostingController, "riskyElections"> | undefined;
  readonly replicas: Replicas;
  readonly groups: GroupCoordinator;
  readonly directory: LogDirectory;
  readonly memory: MemoryBudget;
  readonly authorizer: Authorizer;
  readonly quotas: Quotas;
  /** Of Millrace. */
  readonly version: string;
}

/** One broker as its doors see it: what a request means is decided on this. */
export class Broker implements Guards {
  readonly self: BrokerId;
  readonly clusterId: Uuid;
  readonly configuration: Configuration;
  readonly controller: Controller;
  readonly hosted: BrokerParts["hosted"];
  readonly replicas: Replicas;
  readonly groups: GroupCoordinator;
  readonly directory: LogDirectory;
  readonly memory: MemoryBudget;
  readonly authorizer: Authorizer;
  readonly quotas: Quotas;
  readonly clock: Clock;
  readonly host: Host;
  readonly work: Work;
  readonly logger: Logger;
  readonly runtime: Runtime;
  readonly endpoints: Endpoints;
  readonly admissions: Admissions = new Admissions();
  readonly producerIds: ProducerIds;
  readonly topics: Topics;
  readonly requests: RequestMeter;
  readonly version: string;
  /** Monotonic time at which it began to serve. */
  readonly readySinceMs: number;

  constructor(parts: BrokerParts) {
    this.self = parts.self;
    this.clusterId = parts.clusterId;
    this.configuration = parts.configuration;
    this.controller = parts.controller;
    this.hosted = parts.hosted;
    this.replicas = parts.replicas;
    this.groups = parts.groups;
    this.directory = parts.directory;
    this.memory = parts.memory;
    this.authorizer = parts.authorizer;
    this.quotas = parts.quotas;
    this.runtime = parts.runtime;
    this.clock = parts.runtime.clock;
    this.host = parts.runtime.host;
    this.work = parts.runtime.work;
    this.logger = parts.runtime.logger;
    this.endpoints = new Endpoints(parts.self, parts.configuration.has("advertised.listeners"));
    this.producerIds = new ProducerIds(parts.controller, parts.self, parts.epoch);
    this.topics = new Topics(this);
    this.requests = new RequestMeter(this.clock);
    this.version = parts.version;
    this.readySinceMs = this.clock.monotonicMs();
  }

  /** What the cluster knows about itself now. */
  get image(): MetadataImage {
    return this.controller.image;
  }
}
