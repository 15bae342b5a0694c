import { type Compression, compressionCodecs } from "@millrace/records";
import { GiB, int32Max, KiB, MiB, MillraceError, minuteMs } from "@millrace/vocabulary";
import { withDefaults } from "../options.ts";

export interface ProducerOptions {
  /**
   * What an acknowledgement means: `all`, on every in-sync replica; `leader`, in the page cache of one broker; `none`, that the record has been
   * sent. Default `all`.
   */
  readonly acks?: "all" | "leader" | "none" | undefined;
  /** With acks `all`: `synced` means on the disk of every in-sync replica. May ask for more than the topic says, never for less. */
  readonly durability?: "topic" | "replicated" | "synced" | undefined;
  /** Default `none`. */
  readonly compression?: Compression | undefined;
  /** Records that are not acknowledged yet may take so much memory; then `send` rejects with BUFFER_FULL and `enqueue` waits. Default 32 MiB. */
  readonly bufferBytesMax?: number | undefined;
  /** A batch of this size is sent. Default 256 KiB. */
  readonly batchBytesMax?: number | undefined;
  /**
   * How long a record may wait for others to share its batch. Default 0: those of one turn of the event loop, and whatever comes while
   * five batches of the partition are under way.
   */
  readonly lingerMs?: number | undefined;
  /** A record that is not acknowledged after so long is given up with REQUEST_TIMED_OUT. Default 2 minutes. */
  readonly deliveryTimeoutMs?: number | undefined;
}

/** The options, all of them. */
export type ProducerSettings = { readonly [Key in keyof ProducerOptions]-?: NonNullable<ProducerOptions[Key]> };

const defaults: ProducerSettings = {
  acks: "all",
  durability: "topic",
  compression: "none",
  bufferBytesMax: 32 * MiB,
  batchBytesMax: 256 * KiB,
  lingerMs: 0,
  deliveryTimeoutMs: 2 * minuteMs,
};

export function producerSettings(options: ProducerOptions | undefined): ProducerSettings {
  const settings = withDefaults<ProducerSettings>(options, defaults, {
    bufferBytesMax: [KiB, 64 * GiB],
    batchBytesMax: [KiB, 16 * MiB],
    lingerMs: [0, minuteMs],
    deliveryTimeoutMs: [1, int32Max],
  });
  if (!compressionCodecs.includes(settings.compression))
    throw new MillraceError("CONFIGURATION_INVALID", { faults: [`compression is one of ${compressionCodecs.join(", ")}`] });
  return settings;
}
