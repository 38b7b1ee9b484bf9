// Any two documented choices together, in each example.
import { hasCompiler } from "../../infra/compiler.ts";
import { environments } from "../../infra/snapshot.ts";
import { deploys } from "./deploys.ts";
import { choices } from "./documented-choices.ts";
import { areAlternatives, asCompanys, brokenBy, type Choice, choose, type Made, problemsOf } from "./examples.ts";

const pairs = choices.flatMap((one, i) =>
  choices.slice(i + 1).flatMap((other) => (areAlternatives(one, other) ? [] : [[one, other] as const])),
);

/** Rows of choices in which every pair stands, since the compiler takes a second for each. */
function rowsOfPairs(): readonly (readonly Choice[])[] {
  const left = new Set(pairs.map((pair) => pair as readonly Choice[]));
  const rows: (readonly Choice[])[] = [];
  for (const pair of left) {
    const row = [...pair];
    const isNew = (choice: Choice) =>
      [...left].some((two) => two.includes(choice) && two.some((one) => row.includes(one)));
    for (const choice of choices)
      if (!row.some((other) => other === choice || areAlternatives(choice, other)) && isNew(choice)) row.push(choice);
    for (const covered of left) if (covered.every((choice) => row.includes(choice))) left.delete(covered);
    rows.push(row);
  }
  return rows;
}

(!hasCompiler ? describe.skip : describe).each(environments)("%s as a company's", (example) => {
  let base: Made;
  beforeAll(async () => {
    base = await asCompanys(example);
  });

  it("passes with any two choices", () => {
    expect(pairs.length).toBeGreaterThan(1_000);
    for (const pair of pairs) {
      const broken = brokenBy(pair, base.stage);
      const problems = problemsOf(choose(base, ...pair), Object.fromEntries(broken.map((rule) => [rule, "So be it."])));
      expect([pair, problems]).toEqual([pair, []]);
    }
  });

  it("deploys with any two choices", async () => {
    for (const row of rowsOfPairs()) await deploys(choose(base, ...row));
  });
});
