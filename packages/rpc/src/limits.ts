import { KiB, MiB, secondMs } from "@millrace/vocabulary";
import type { ChannelOptions, ServerOptions } from "@grpc/grpc-js";
import type { Logger } from "@millrace/runtime";

/** What bounds and paces the connections of a process. */
export interface RpcOptions {
  /** The largest message that is sent or taken; beyond it a call or stream ends with MESSAGE_TOO_LARGE. Default 16 MiB. */
  readonly messageBytesMax?: number;
  /**
   * HTTP/2's receive window, of a connection and of each stream: what a sender may have under way. Default 8 MiB, 1.6 GB/s over a
   * round trip of 5 ms. A stream that nobody reads holds so much memory.
   */
  readonly windowBytes?: number;
  /** A connection that shows no sign of life for so long is asked for one. Default 10 s. */
  readonly keepaliveTimeMs?: number;
  /** One that gives none within this time is broken. Default 5 s. */
  readonly keepaliveTimeoutMs?: number;
  /** A connection that does not stand after so long is given up, and calls that wait for it fail. Default 3 s. */
  readonly connectTimeoutMs?: number;
  /** The most calls and streams at once on one connection that was accepted. Default 1000. */
  readonly callsMax?: number;
  /** Told of handlers that throw what is no MillraceError. */
  readonly logger?: Logger;
}

/** The options, all of them. */
export type RpcLimits = Required<Omit<RpcOptions, "logger">> & Pick<RpcOptions, "logger">;

export function limitsOf(options: RpcOptions): RpcLimits {
  return {
    messageBytesMax: 16 * MiB,
    windowBytes: 8 * MiB,
    keepaliveTimeMs: 10 * secondMs,
    keepaliveTimeoutMs: 5 * secondMs,
    connectTimeoutMs: 3 * secondMs,
    callsMax: 1000,
    ...options,
  };
}

/** Bytes of one stream that wait for the transport before `send` says false: a sender this far ahead keeps any link busy. */
export const unsentBytesMax: number = 1024 * KiB;

/** A broken connection is tried again after a time in this range, growing with each failure. */
const backoffMs = { first: 20, last: 500 } as const;

export function channelOptions(limits: RpcLimits): ChannelOptions {
  return {
    ...commonOptions(limits),
    "grpc.use_local_subchannel_pool": 1,
    "grpc.initial_reconnect_backoff_ms": backoffMs.first,
    "grpc.max_reconnect_backoff_ms": backoffMs.last,
    "grpc.dns_min_time_between_resolutions_ms": backoffMs.last,
    "grpc.service_config_disable_resolution": 1,
    "grpc.enable_http_proxy": 0,
    "grpc.keepalive_permit_without_calls": 1,
    // Who calls decides what is tried again. Without buffers to that end, a message counts as sent only when it is.
    "grpc.enable_retries": 0,
    "grpc.retry_buffer_size": 0,
    "grpc.per_rpc_retry_buffer_size": 0,
  };
}

export function serverOptions(limits: RpcLimits): ServerOptions {
  return { ...commonOptions(limits), "grpc.max_concurrent_streams": limits.callsMax };
}

function commonOptions(limits: RpcLimits): ChannelOptions {
  return {
    "grpc-node.flow_control_window": limits.windowBytes,
    "grpc.max_receive_message_length": limits.messageBytesMax,
    "grpc.max_send_message_length": limits.messageBytesMax,
    "grpc.keepalive_time_ms": limits.keepaliveTimeMs,
    "grpc.keepalive_timeout_ms": limits.keepaliveTimeoutMs,
    "grpc.enable_channelz": 0,
  };
}
