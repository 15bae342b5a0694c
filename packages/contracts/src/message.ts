import { MillraceError } from "@millrace/vocabulary";

/** Encodes and decodes messages of one type. */
export interface MessageType<Message> {
  readonly name: string;
  /** Fields that are left out have protobuf's defaults: 0, "", false, no bytes, no entries. */
  encode(message: Draft<Message>): { finish(): Buffer };
  /** Bytes fields are slices of `bytes`. Throws anything where the bytes are no such message: see `decodeMessage`. */
  decode(bytes: Buffer): Message;
}

/** A message to be encoded: every field may be left out. */
export type Draft<Message> = { readonly [Field in keyof Message]?: DraftField<Message[Field]> | undefined };

type DraftField<Value> = Value extends Buffer
  ? Uint8Array
  : Value extends readonly (infer Element)[]
    ? readonly DraftField<Element>[]
    : Value extends object
      ? Draft<Value>
      : Value;

/** A method of one request and one answer. */
export interface UnaryMethod<Request, Response> {
  /** As gRPC names it: `/millrace.log.v1.Log/ListOffsets`. */
  readonly path: string;
  readonly kind: "unary";
  readonly request: MessageType<Request>;
  readonly response: MessageType<Response>;
}

/** A method of messages both ways. */
export interface StreamMethod<Request, Response> {
  /** As gRPC names it: `/millrace.log.v1.Log/Produce`. */
  readonly path: string;
  readonly kind: "stream";
  readonly request: MessageType<Request>;
  readonly response: MessageType<Response>;
}

/** The bytes of a message. */
export function encodeMessage<Message>(type: MessageType<Message>, message: Draft<Message>): Buffer {
  return type.encode(message).finish();
}

/** Reads what somebody else has sent; INVALID_REQUEST where it is no such message. Bytes fields are slices of `bytes`. */
export function decodeMessage<Message>(type: MessageType<Message>, bytes: Buffer): Message {
  try {
    return type.decode(bytes);
  } catch (cause) {
    throw new MillraceError("INVALID_REQUEST", { message: type.name, sizeBytes: bytes.length, fault: String(cause) }, { cause });
  }
}
