import { array, bool, errorCode, int32, int64, string, throttleTimeMs } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/** Asks how large partitions are on this broker's disks. */
export const DescribeLogDirsRequest = request("DescribeLogDirs", { key: 35, versions: "1-5", flexible: "2+" }).fields({
  /** Null: all. */
  topics: array({
    topic: string(),
    partitions: array(int32()),
  }).with({ nullable: "0+" }),
});

export const DescribeLogDirsResponse = response("DescribeLogDirs", { key: 35, versions: "1-5", flexible: "2+" }).fields({
  throttleTimeMs: throttleTimeMs(),
  errorCode: errorCode({ versions: "3+", absent: 0, ignorable: true }),
  results: array({
    errorCode: errorCode(),
    logDir: string(),
    topics: array({
      name: string(),
      partitions: array({
        partitionIndex: int32(),
        /** Bytes of its segments. */
        partitionSize: int64(),
        /** How far its end lies behind the high watermark; of a future log, behind the current one. */
        offsetLag: int64(),
        /** It is being moved here from another log directory. */
        isFutureKey: bool(),
      }),
    }),
    /** Of the volume. -1: not known. */
    totalBytes: int64({ versions: "4+", absent: -1, ignorable: true }),
    usableBytes: int64({ versions: "4+", absent: -1, ignorable: true }),
    /** No new partitions are put here. */
    isCordoned: bool({ versions: "5+", absent: false, ignorable: true }),
  }),
});
