/** For tests of whoever speaks the protocol: values to send, and encoded messages taken apart. */

export { arbitraryOf } from "./arbitraries.ts";
export type { Pools } from "./arbitraries.ts";
export { spansOf } from "./spans.ts";
export type { Span } from "./spans.ts";
// What one version of a message is made of.
export { layoutOf } from "../codec/layout.ts";
export type { FieldLayout, StructLayout, TypeLayout } from "../codec/layout.ts";
