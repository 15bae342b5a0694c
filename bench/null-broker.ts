/**
 * A broker that acknowledges Produce without doing anything: what is measured against it is the client's own limit.
 *
 *     node bench/null-broker.ts [PORT]
 */
import { serveBareBroker } from "./bare/bare-broker.ts";

const [port = "0"] = process.argv.slice(2);
serveBareBroker(Number(port), { append: (_partition, _batch, appended) => appended(0), remove: () => {} });
