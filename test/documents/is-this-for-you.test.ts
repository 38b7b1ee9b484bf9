import { documents, linksOf, read, rowsOf } from "./markdown.ts";

const page = read("docs/is-this-for-you.md");

test("each price in it is a sum of the tables of costs", () => {
  const sums = rowsOf("docs/cost.md")
    .filter(([what]) => what === "**a month**")
    .flatMap((cells) => cells.flatMap((cell) => /\$([\d.]+)/.exec(cell)?.[1] ?? []))
    .map((dollars) => Math.round(Number(dollars)));
  const written = [...page.matchAll(/\[\$(\d+)\]\(cost\.md/g)].map(([, dollars]) => Number(dollars));
  expect(written.length).toBeGreaterThan(1);
  expect(written.filter((dollars) => !sums.includes(dollars))).toEqual([]);
});

test("its numbers from the benchmark are those of the last full run", () => {
  const measured = rowsOf("docs/benchmark.md").map(([what = "", cell = ""]) => [what, cell.split(" ")[0]] as const);
  for (const what of [
    "CPU per hook, to the peer's",
    "Process start to first code, to the peer's",
    "Memory at the end, to the peer's",
  ])
    expect(page).toContain(`${measured.find(([name]) => name === what)?.[1]} `);
});

test("one page says what was never tried live, and this one leads there", () => {
  expect(documents.filter((path) => /^## .*never tried live$/im.test(read(path)))).toEqual(["docs/is-this-for-you.md"]);
  expect(linksOf("docs/is-this-for-you.md")).toContain("live.md");
});
