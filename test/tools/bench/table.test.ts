import { drawTable, type Row } from "../../../tools/bench/table.ts";

const requests: Row = {
  what: "Requests a second",
  values: [
    [2_000, 1_000, 3_000],
    [1_000, 2_000, 1_000],
  ],
  digits: 0,
};
const cpu: Row = {
  what: "CPU, ms",
  values: [
    [0.5, 0.6],
    [1, 1],
  ],
  digits: 2,
};

test("drawTable() prints each contestant's median and the median ratio of the rounds", () => {
  expect(drawTable("2 cores", ["this build", "abc"], [requests, cpu]).split("\n")).toEqual([
    "| 2 cores           | this build |  abc | this build ÷ abc |",
    "| ----------------- | ---------: | ---: | ---------------: |",
    "| Requests a second |       2000 | 1000 |             2.00 |",
    "| CPU, ms           |       0.55 | 1.00 |             0.55 |",
  ]);
});

test("drawTable() adds the ratio of the first contestant to each other contestant", () => {
  const three = { ...cpu, values: [...cpu.values, [0.25, 0.3]] };
  const [head = "", , row = ""] = drawTable("", ["a", "b", "c"], [three]).split("\n");
  const cells = (line: string) => line.split("|").map((cell) => cell.trim());
  expect(cells(head)).toEqual(["", "", "a", "b", "c", "a ÷ b", "a ÷ c", ""]);
  expect(cells(row)).toEqual(["", "CPU, ms", "0.55", "1.00", "0.28", "0.55", "2.00", ""]);
});
