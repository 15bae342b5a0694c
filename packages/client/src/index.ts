export { topic } from "./topic.ts";
export { text } from "./codecs/text.ts";
export { bytes } from "./codecs/bytes.ts";
export { json } from "./codecs/json.ts";
export { tombstones } from "./codecs/tombstones.ts";
export type { Message, Received } from "./topic.ts";
