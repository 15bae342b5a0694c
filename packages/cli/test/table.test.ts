import { expect, test } from "vitest";
import { type Column, renderTable } from "../src/output/table.ts";

interface Row {
  readonly name: string;
  readonly count?: number;
  readonly id?: string;
}

const columns: readonly Column<Row>[] = [
  { title: "NAME", cell: ({ name }) => name },
  { title: "COUNT", cell: ({ count }) => count, align: "right" },
  { title: "ID", cell: ({ id }) => id, isDispensable: true },
];

const lines = (rows: readonly Row[], widthMax?: number) => renderTable(rows, columns, widthMax).split("\n").slice(0, -1);

test("columns are as wide as what they hold, numbers stand to the right, and nothing trails", () => {
  const rows = [
    { name: "orders", count: 7, id: "x" },
    { name: "a", count: 1200 },
  ];
  expect(lines(rows)).toEqual(["NAME    COUNT  ID", "orders      7  x", "a        1200  -"]);
});

test("where a terminal is too narrow, columns that may go are left out first, and then the widest is cut", () => {
  const rows = [{ name: "a-name-that-is-long", count: 7, id: "0123456789" }];
  expect(lines(rows, 38)).toEqual(["NAME                 COUNT  ID", "a-name-that-is-long      7  0123456789"]);
  expect(lines(rows, 37)).toEqual(["NAME                 COUNT", "a-name-that-is-long      7"]);
  expect(lines(rows, 17)).toEqual(["NAME        COUNT", "a-name-th…      7"]);
});

test("a pipe gets every column whole", () => {
  const name = "n".repeat(500);
  expect(lines([{ name }])[1]).toContain(name);
});

test("a name from elsewhere cannot steer the terminal", () => {
  expect(lines([{ name: "\u001b[2J\n" }])[1]).toMatch(/^\\x1b\[2J\\x0a/);
});

test("a hundred thousand rows are no harm", () => {
  expect(lines(Array.from({ length: 100_000 }, (_, count) => ({ name: "orders", count })))).toHaveLength(100_001);
});
