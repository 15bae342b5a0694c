import { secondMs } from "@millrace/vocabulary";
import type { Broker } from "../broker.ts";
import type { Metric, Sample } from "./exposition.ts";
import { latencyBoundsMs, type RequestCounts } from "./request-meter.ts";

/** What this broker does and holds: `millrace_*`. */
export async function brokerMetrics(broker: Broker, doors: { connections: number }): Promise<Metric[]> {
  const { image, memory, host, runtime, directory, hosted } = broker;
  const freeBytes = await runtime.disk.freeBytes(directory.path);
  const loop = host.takeLoopDelay();
  const { counters } = runtime.disk;
  const topics = [...image.topics.all()];
  const partitions = topics.flatMap((topic) => topic.partitions);
  const gauge = (name: string, help: string, value: number): Metric => ({
    name: `millrace_${name}`,
    type: "gauge",
    help,
    samples: [{ value }],
  });
  const counter = (name: string, help: string, value: number): Metric => ({
    name: `millrace_${name}`,
    type: "counter",
    help,
    samples: [{ value }],
  });
  return [
    {
      name: "millrace_application_build",
      type: "gauge",
      help: "One, with the version that runs.",
      samples: [{ labels: { version: broker.version }, value: 1 }],
    },
    counter("uptime_seconds_total", "Time since the broker was ready.", (broker.clock.monotonicMs() - broker.readySinceMs) / secondMs),
    gauge("cluster_brokers", "Registered brokers.", image.brokers.size),
    gauge("cluster_topics", "Topics.", topics.length),
    gauge("cluster_partitions", "Partitions.", partitions.length),
    gauge("cluster_unavailable_partitions", "Partitions without a leader.", partitions.filter(({ leader }) => leader < 0).length),
    ...(hosted === undefined
      ? []
      : [counter("controller_risky_elections_total", "Leaders elected here that may lack committed records.", hosted.riskyElections)]),
    gauge("metadata_offset", "Offset of the newest metadata record that was applied.", image.offset),
    gauge("connections", "Connections that speak Kafka's protocol.", doors.connections),
    gauge("storage_disk_free_bytes", "Room left where the log directory lies.", freeBytes),
    gauge("storage_disk_full", "Whether appends are refused for want of room.", Number(directory.isFull)),
    gauge("storage_lossy_start", "Whether unsynced records may be missing since this start.", Number(directory.lastStop === "lossy")),
    counter("storage_read_bytes_total", "Bytes read from files.", counters.readBytes),
    counter("storage_written_bytes_total", "Bytes written to files.", counters.writtenBytes),
    counter("storage_syncs_total", "Syncs of files and directories.", counters.syncs),
    gauge("resident_bytes", "Memory of the process.", host.residentBytes()),
    {
      name: "millrace_memory_bytes",
      type: "gauge",
      help: "Buffers that are held, by kind of holder.",
      samples: [...memory.accounts()].map(({ kind, bytes }) => ({ labels: { kind }, value: bytes })),
    },
    {
      name: "millrace_loop_delay_milliseconds",
      type: "gauge",
      help: "How late the event loop was since the last look.",
      samples: [
        { labels: { quantile: "0.5" }, value: loop.p50Ms },
        { labels: { quantile: "0.99" }, value: loop.p99Ms },
        { labels: { quantile: "0.999" }, value: loop.p999Ms },
        { labels: { quantile: "1" }, value: loop.maxMs },
      ],
    },
    requestMetric(broker, "request_bytes_total", "Bytes of requests.", ({ requestBytes }) => requestBytes),
    requestMetric(broker, "response_bytes_total", "Bytes of answers.", ({ responseBytes }) => responseBytes),
    requestMetric(broker, "requests_failed_total", "Requests that ended without a proper answer.", ({ failed }) => failed),
    {
      name: "millrace_request_latency_seconds",
      type: "histogram",
      help: "Time from the first look at a request to its answer.",
      samples: [...broker.requests.all()].flatMap(histogram),
    },
  ];
}

function requestMetric(broker: Broker, name: string, help: string, value: (counts: RequestCounts) => number): Metric {
  return {
    name: `millrace_${name}`,
    type: "counter",
    help,
    samples: [...broker.requests.all()].map((counts) => ({ labels: { door: counts.door, request: counts.name }, value: value(counts) })),
  };
}

function histogram({ door, name, count, sumMs, withinBound }: RequestCounts): Sample[] {
  const labels = { door, request: name };
  let below = 0;
  const buckets = latencyBoundsMs.map((boundMs, index) => {
    below += withinBound[index]!;
    return { suffix: "_bucket", labels: { ...labels, le: boundMs / secondMs }, value: below };
  });
  return [
    ...buckets,
    { suffix: "_bucket", labels: { ...labels, le: "+Inf" }, value: count },
    { suffix: "_sum", labels, value: sumMs / secondMs },
    { suffix: "_count", labels, value: count },
  ];
}
