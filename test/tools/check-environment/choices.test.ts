// Any choice that a document names passes the check, in each example, or breaks the one rule that is about it; and what passes deploys.
import { environment } from "../../../src/settings/environment.ts";
import { settingNames } from "../../../src/settings/setting-names.ts";
import { hasCompiler } from "../../infra/compiler.ts";
import { environments } from "../../infra/snapshot.ts";
import { long } from "../../long.ts";
import { areAlternatives, asCompanys, brokenBy, type Choice, choose, type Made, problemsOf } from "./examples.ts";
import { deploys } from "./deploys.ts";
import { bootstrapChoices, parameterChoices } from "./parameter-choices.ts";
import { settingChoices } from "./setting-choices.ts";

const named = (choices: Readonly<Record<string, readonly Choice[]>>) =>
  Object.entries(choices).flatMap(([name, all]) => all.map((choice) => ({ what: `${name}, ${choice.of}`, choice })));
const parameters = named(parameterChoices);
const grants = named(bootstrapChoices);
const settings = named(settingChoices);

/** As many at once as are no alternatives to each other, until each has been there. */
function together(choices: readonly Choice[]): readonly (readonly Choice[])[] {
  const rows: Choice[][] = [];
  for (const choice of choices) {
    const row = rows.find((others) => !others.some((other) => areAlternatives(choice, other)));
    if (row === undefined) rows.push([choice]);
    else row.push(choice);
  }
  return rows;
}

// compiler.test.ts says that there is none, or fails.
(!hasCompiler ? describe.skip : describe).each(environments)("%s as a company's", (example) => {
  let base: Made;
  beforeAll(async () => {
    base = await asCompanys(example);
  });

  it("passes and deploys as it is", async () => {
    expect(problemsOf(base)).toEqual([]);
    await deploys(base);
  });

  it.each([...parameters, ...grants, ...settings])("passes with $what", ({ choice }) => {
    const made = choose(base, choice);
    const broken = brokenBy([choice], base.stage);
    expect(problemsOf(made).map((words) => words.split(":")[0])).toEqual(broken);
    expect(problemsOf(made, Object.fromEntries(broken.map((rule) => [rule, "We want that."])))).toEqual([]);
  });

  // The compiler takes a second for each, so that npm run test:long has the other examples.
  if (long || example === "prod")
    it.each([...parameters, ...grants])("deploys with $what", async ({ choice }) => {
      await deploys(choose(base, choice));
    });

  it("deploys with every value of a setting", async () => {
    for (const row of together(settings.map(({ choice }) => choice))) await deploys(choose(base, ...row));
  });

  it("has a choice for each of its parameters", () => {
    // The scripts set inputs.
    const alike = ["environmentName", "inputs", "placeholders", "workload"];
    expect([...Object.keys(parameterChoices), "hookSettings", "inputs"].sort()).toEqual(Object.keys(base.main).sort());
    if (base.bootstrap)
      expect([...Object.keys(bootstrapChoices), ...alike].sort()).toEqual(Object.keys(base.bootstrap).sort());
  });
});

it("has a choice for each setting that is an operator's", () => {
  const ours = settingNames.filter((name) => !environment.shape[name].meta()?.setByTemplate);
  expect(Object.keys(settingChoices)).toEqual(ours);
});
