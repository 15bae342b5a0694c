import { type Api, apis } from "../../src/apis.ts";
import { decodeResponse, encodeResponse, readCorrelationId } from "../../src/frames.ts";

/** Where clients shall go instead of to the broker. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Answers that tell clients addresses get the proxy's; every other frame goes through as it is. */
export function redirect(api: Api, version: number, frame: Buffer, { host, port }: Address): Buffer {
  const moved = <Node extends object>(nodes: readonly Node[]): Node[] => nodes.map((node) => ({ ...node, host, port }));
  const again = (changed: unknown): Buffer =>
    Buffer.concat(encodeResponse(api, version, readCorrelationId(frame), changed).parts).subarray(4);
  switch (api.key) {
    case apis.Metadata.key: {
      const response = decodeResponse(apis.Metadata, version, frame);
      return again({ ...response, brokers: moved(response.brokers) });
    }
    case apis.FindCoordinator.key: {
      const response = decodeResponse(apis.FindCoordinator, version, frame);
      return again({ ...response, coordinators: response.coordinators.map((each) => (each.port > 0 ? { ...each, host, port } : each)) });
    }
    case apis.DescribeCluster.key: {
      const response = decodeResponse(apis.DescribeCluster, version, frame);
      return again({ ...response, brokers: moved(response.brokers) });
    }
    default:
      return frame;
  }
}
