import { expect, test } from "vitest";
import { Configuration, MillraceError, parseBrokerSettings } from "@millrace/vocabulary";

test("the README's example says what it does", () => {
  const { values } = parseBrokerSettings([{ key: "num.partitions", value: "3", origin: "--set" }]);
  const configuration = new Configuration(values);
  expect(configuration.get("num.partitions")).toBe(3);
  expect(configuration.topic(new Map([["retention.ms", "60000"]]))["retention.ms"]).toBe(60_000);
  const error = new MillraceError("OFFSET_OUT_OF_RANGE", { partition: "orders-3", offset: 120, logStart: 200 });
  expect(error.message).toMatch(/^OFFSET_OUT_OF_RANGE: .+ \(partition=orders-3 offset=120 logStart=200\)$/);
});
