/**
 * Topics that a consumer subscribes to, out of the metadata that it sends to its group's leader (ConsumerProtocolSubscription):
 *
 *     version i16    topics i32 count, each i16 length and UTF-8    what later versions added
 *
 * Every version begins alike, so any is read. Undefined where the bytes are something else.
 */
export function subscribedTopics(metadata: Buffer): string[] | undefined {
  if (metadata.length < 6 || metadata.readInt16BE(0) < 0) return undefined;
  const count = metadata.readInt32BE(2);
  let position = 6;
  // A name takes two bytes or more.
  if (count < 0 || count > (metadata.length - position) / 2) return undefined;
  const topics: string[] = [];
  for (let index = 0; index < count; index++) {
    if (position + 2 > metadata.length) return undefined;
    const length = metadata.readInt16BE(position);
    const end = position + 2 + length;
    if (length < 0 || end > metadata.length) return undefined;
    topics.push(metadata.toString("utf8", position + 2, end));
    position = end;
  }
  return topics;
}
