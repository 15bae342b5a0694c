// node src/shop.ts [COUNT] [HOST:PORT]: places orders.
import { connect, MillraceError } from "@millrace/client";
import { invoices, orders } from "./topics.ts";

const [count = "10", address = "localhost:9092"] = process.argv.slice(2);
const customers = ["ada", "grace", "edsger", "barbara"];

await using mill = connect(address, { clientId: "shop" });
for (const topic of [orders, invoices]) await mill.admin.topics.create(topic.name, { partitions: 4 }).catch(unlessItExists);

await using producer = mill.producer();
for (let number = 1; number <= Number(count); number++) {
  const customer = customers[number % customers.length]!;
  // Resolves as soon as there is room; records go out in batches.
  await producer.enqueue(orders, { key: customer, value: { id: `order-${number}`, customer, cents: 100 * number } });
}
await producer.flush(); // acknowledged, every one, or an error that names those that were not
console.log(`placed ${count} orders`);

function unlessItExists(error: unknown): void {
  if (!(error instanceof MillraceError && error.code === "TOPIC_ALREADY_EXISTS")) throw error;
}
