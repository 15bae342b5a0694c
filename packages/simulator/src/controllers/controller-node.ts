import { raftStateOf, type RaftState, voterKey } from "@millrace/raft/testing";
import type { Runtime } from "@millrace/runtime";
import { formatBroker, type RunningController, startController } from "@millrace/server";
import { raftStorePath } from "@millrace/storage";
import { BrokerId, type Configuration, type Uuid } from "@millrace/vocabulary";
import { dataPath } from "../brokers/cluster/broker-node.ts";
import { type NodePlace, ProcessNode } from "../process-node.ts";
import type { WatchedNode } from "../quorum/checks/quorum-checks.ts";

/** The reserve for a full disk: as much as metadata needs in a run. */
const reserveBytes: number = 64 * 1024;

/** One life of a controller, from the moment at which it serves. */
export interface ControllerLife extends RunningController {
  readonly runtime: Runtime;
  readonly state: RaftState;
}

export interface ControllerNodeParts extends NodePlace<ControllerNode> {
  readonly configuration: Configuration;
  readonly clusterId: Uuid;
}

/** One machine with a controller on it that is no broker. */
export class ControllerNode extends ProcessNode<ControllerLife, ControllerNode> implements WatchedNode {
  readonly id: BrokerId;
  readonly isRotten = false;
  readonly storePath: string = raftStorePath(dataPath);
  readonly #parts: ControllerNodeParts;
  #directoryId: Uuid | undefined;

  constructor(name: string, parts: ControllerNodeParts) {
    super(name, parts);
    this.id = BrokerId(parts.configuration.get("node.id"));
    this.#parts = parts;
  }

  get key(): string | undefined {
    return this.#directoryId && voterKey({ nodeId: this.id, directoryId: this.#directoryId });
  }

  /** While it serves. */
  get life(): ControllerLife | undefined {
    return this.running;
  }

  protected async begin(runtime: Runtime): Promise<ControllerLife> {
    const { configuration, clusterId } = this.#parts;
    const { directoryId } = await formatBroker({ runtime, configuration, clusterId, onlyIfEmpty: true });
    this.#directoryId = directoryId as Uuid;
    const running = await startController({ runtime, configuration, reserveBytes });
    return { ...running, runtime, state: raftStateOf(running.quorum) };
  }
}
