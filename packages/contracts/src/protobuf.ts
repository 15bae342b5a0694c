import protobuf from "protobufjs/minimal.js";

/**
 * protobufjs without its Long: 64-bit integers are read as numbers, exact up to 2^53 and rounded beyond. The generated code
 * imports it from here, so that nobody reads one before this is settled.
 */
protobuf.util.Long = null as never;
protobuf.configure();

export default protobuf;
