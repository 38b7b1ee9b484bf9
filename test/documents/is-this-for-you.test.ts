import { read, rowsOf } from "./markdown.ts";

const page = read("docs/is-this-for-you.md");

test("its numbers from the benchmark are those of the last full run", () => {
  const measured = rowsOf("docs/benchmark.md").map(
    ([what = "", cell = ""]) => [what, cell.split(" ")[0]] as const,
  );
  for (const what of [
    "CPU per hook, to the peer's",
    "Process start to first code, to the peer's",
    "Memory at the end, to the peer's",
  ])
    expect(page).toContain(`${measured.find(([name]) => name === what)?.[1]} `);
});
