import { countOf, describeMutant, mutantsOf } from "../../tools/mutate/report.ts";
import { strykerPlugins } from "../../tools/mutate/sample.ts";

test("a mutant is described by what stood there and what stands there instead, over lines too", () => {
  const source = "const a = 1;\nif (a > 0)\n  b();\n";
  const mutant = (line: number, column: number, endLine: number, endColumn: number) => ({
    status: "Survived" as const,
    replacement: "x",
    location: { start: { line, column }, end: { line: endLine, column: endColumn } },
  });
  const mutants = [mutant(1, 11, 1, 12), mutant(2, 5, 2, 10), mutant(2, 1, 3, 7)];
  expect(mutantsOf({ files: { "src/a.ts": { source, mutants } } }).map(describeMutant)).toEqual([
    'src/a.ts:1 "1" -> "x" (Survived)',
    'src/a.ts:2 "a > 0" -> "x" (Survived)',
    'src/a.ts:2 "if (a > 0)\\n  b();" -> "x" (Survived)',
  ]);
});

test("those that were not drawn do not count, and a time limit is no kill", () => {
  const statuses = [
    "Killed",
    "RuntimeError",
    "Timeout",
    "Survived",
    "NoCoverage",
    "CompileError",
  ] as const;
  const location = { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } };
  const mutants = statuses.map((status) => ({ status, replacement: "x", location }));
  const { drawn, killed, living } = countOf(
    mutantsOf({ files: { "src/a.ts": { source: "a", mutants } } }),
  );
  expect([drawn, killed, living.map(({ status }) => status)]).toEqual([
    5,
    2,
    ["Timeout", "Survived", "NoCoverage"],
  ]);
});

test("a seed draws so many, the same whatever the order, and another seed others", async () => {
  const all = Array.from({ length: 50 }, (_, line) => ({
    id: String(line),
    fileName: "/somewhere/src/a.ts",
    replacement: "x",
    location: { line },
  }));
  const draw = async (seed: string, mutants: typeof all) => {
    const checker = strykerPlugins[0]?.factory({ sample: { seed, mutants: 30 } });
    await checker?.group(mutants);
    const checked = Object.entries((await checker?.check(mutants)) ?? {});
    return checked
      .flatMap(([id, { status }]) => (status === "passed" ? [Number(id)] : []))
      .toSorted((a, b) => a - b);
  };
  const first = await draw("1", all);
  expect(first).toHaveLength(30);
  expect(await draw("1", all.toReversed())).toEqual(first);
  expect(await draw("2", all)).not.toEqual(first);
});
