import { WireClient } from "../support/wire-client.ts";

const groupId = "billing";
const retryMs = 20;

/**
 * Commits rising offsets of one partition, one after the other, and looks at what is committed: an offset never goes back, and
 * none is there that was not asked for. Goes on with a new connection when one breaks.
 */
export class OffsetRegister {
  readonly #topic: string;
  readonly #address: () => string;
  readonly #running: Promise<void>;
  #isStopped = false;
  #asked = 0;
  /** The newest offset whose commit was acknowledged; -1 while there is none, as Kafka's brokers say it. */
  acknowledged = -1;
  /** What was wrong, in words. */
  readonly faults: string[] = [];

  /** @param address where the broker is now */
  constructor(topic: string, address: () => string) {
    this.#topic = topic;
    this.#address = address;
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      const connection = await WireClient.connect(this.#address()).catch(() => undefined);
      if (connection !== undefined) await this.#use(connection);
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }

  /** Until the connection breaks. */
  async #use(connection: WireClient): Promise<void> {
    using client = connection;
    try {
      await client.ask("FindCoordinator", 4, { keyType: 0, coordinatorKeys: [groupId] });
      while (!this.#isStopped) {
        await this.#look(client);
        await this.#commit(client);
      }
    } catch {
      // The broker is away: what was asked for last may have been done or not.
    }
  }

  async #commit(client: WireClient): Promise<void> {
    const committedOffset = ++this.#asked;
    const outsider = { groupId, generationIdOrMemberEpoch: -1, memberId: "" };
    const partitions = [{ partitionIndex: 0, committedOffset, committedMetadata: "" }];
    const { topics } = await client.ask("OffsetCommit", 8, { ...outsider, topics: [{ name: this.#topic, partitions }] });
    if (topics[0]!.partitions[0]!.errorCode === 0) this.acknowledged = committedOffset;
    else await new Promise((resolve) => setTimeout(resolve, retryMs));
  }

  async #look(client: WireClient): Promise<void> {
    const asked = { groupId, topics: [{ name: this.#topic, partitionIndexes: [0] }] };
    const { groups } = await client.ask("OffsetFetch", 8, { groups: [asked] });
    const { errorCode, topics } = groups[0]!;
    const found = topics[0]?.partitions[0];
    if (errorCode !== 0 || found === undefined || found.errorCode !== 0) return;
    const { acknowledged } = this;
    if (found.committedOffset < acknowledged)
      this.faults.push(`committed offset ${found.committedOffset} after ${acknowledged} was acknowledged`);
    if (found.committedOffset > this.#asked) this.faults.push(`committed offset ${found.committedOffset}, which nobody asked for`);
  }
}
