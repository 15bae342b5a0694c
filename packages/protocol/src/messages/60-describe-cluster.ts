import { array, authorizedOperations, bool, brokerId, errorCode, int32, int8, string, throttleTimeMs } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/** Asks which brokers there are. */
export const DescribeClusterRequest = request("DescribeCluster", { key: 60, versions: "0-2", flexible: "0+" }).fields({
  includeClusterAuthorizedOperations: bool(),
  /** 1: brokers; 2: controllers. */
  endpointType: int8({ versions: "1+", absent: 1 }),
  includeFencedBrokers: bool({ versions: "2+", absent: false }),
});

export const DescribeClusterResponse = response("DescribeCluster", { key: 60, versions: "0-2", flexible: "0+" }).fields({
  throttleTimeMs: throttleTimeMs(),
  errorCode: errorCode(),
  errorMessage: string({ nullable: "0+", absent: null }),
  endpointType: int8({ versions: "1+", absent: 1 }),
  clusterId: string(),
  /** Who takes admin requests: any broker here, since each forwards them. */
  controllerId: brokerId({ absent: -1 }),
  brokers: array({
    brokerId: brokerId(),
    host: string(),
    port: int32(),
    rack: string({ nullable: "0+", absent: null }),
    isFenced: bool({ versions: "2+", absent: false }),
  }),
  clusterAuthorizedOperations: authorizedOperations(),
});
