import { readFileSync } from "node:fs";
import { join } from "node:path";
import { reasons } from "./reasons.ts";

describe("the troubleshooting table", () => {
  const rows = readFileSync(join(__dirname, "../docs/troubleshoot.md"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.split("|")[1]);

  it.each(Object.entries(reasons).flatMap(([outcome, list]) => list.map((reason) => [outcome, reason])))(
    "has a row for %s, %s",
    (...words) => {
      const found = rows.filter((row) => words.every((word) => row?.includes(`\`${word}\``)));
      expect(found).not.toEqual([]);
    },
  );
});
