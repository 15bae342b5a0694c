import { codeOf, MillraceError } from "@millrace/vocabulary";
import { Shard } from "../../src/shard/shard.ts";
import { QuietLogger } from "./fixtures.ts";
import { MemoryLog, type MemoryLogView } from "./memory-log.ts";
import { RegisterMachine, type RegisterRequest } from "./register-machine.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** A register in its shell, over a log in memory and in virtual time. */
export class RegisterShard {
  readonly clock = new VirtualClock();
  readonly logger = new QuietLogger();
  readonly log: MemoryLog;
  /** What has been answered, in order: a value or an error's code, after the name of the request. */
  readonly told: string[] = [];
  roomBytes = 1_000_000;
  view!: MemoryLogView;
  shard!: Shard<RegisterRequest, number, RegisterMachine>;

  constructor(log = new MemoryLog()) {
    this.log = log;
    this.lead();
  }

  /** A new shell over what stands in the log. */
  lead(): void {
    this.view = this.log.lead();
    this.shard = new Shard({
      log: this.view,
      machine: () => new RegisterMachine(),
      clock: this.clock,
      logger: this.logger,
      commitTimeoutMs: () => 5_000,
      batchRoomBytes: () => this.roomBytes,
      onLoaded: () => {},
    });
  }

  /** Asks, and notes what is told. */
  ask(name: string, request: RegisterRequest): void {
    this.shard.submit<number>(request).then(
      (value) => this.told.push(`${name} ${value}`),
      (error: unknown) => this.told.push(`${name} ${codeOf(error)}`),
    );
  }

  write(value: number): void {
    this.ask(`write ${value}`, { type: "write", values: [value] });
  }

  read(): void {
    this.ask("read", { type: "read" });
  }

  /** What has been told by now, and not been taken yet. */
  async take(): Promise<string[]> {
    await this.clock.pass(0);
    return this.told.splice(0);
  }

  lose(): void {
    this.view.lose(new MillraceError("NOT_LEADER_OR_FOLLOWER"));
  }

  refuse(): void {
    this.view.refusal = new MillraceError("NOT_ENOUGH_REPLICAS");
  }
}

/** A shard that has loaded. */
export async function loadedShard(log?: MemoryLog): Promise<RegisterShard> {
  const shard = new RegisterShard(log);
  await shard.clock.pass(0);
  return shard;
}
