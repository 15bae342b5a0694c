// node src/billing.ts [COUNT] [HOST:PORT]: charges each order, until COUNT are charged or Ctrl-C.
import { connect } from "@millrace/client";
import { invoices, orders } from "./topics.ts";

const [count = "Infinity", address = "localhost:9092"] = process.argv.slice(2);

await using mill = connect(address, { clientId: "billing" });
await using producer = mill.producer();
await using billing = mill.consumer([orders], { group: "billing", from: "earliest" });

let charged = 0;
// Eight customers at a time, each customer's orders one after the other. What throws is retried; what returns is committed.
await billing.run(
  async (record) => {
    const { id, cents } = record.value;
    await producer.send(invoices, { key: record.key, value: { order: id, cents, charged: new Date().toISOString() } });
    if (++charged >= Number(count)) void billing.close();
  },
  { concurrency: 8, ordering: "key" },
);
console.log(`charged ${charged} orders`);
