// Any choice that a document names passes the check, in each example, or breaks the one rule that is about it; and what passes deploys.
import { describedSettings } from "../../../scripts/described-settings.ts";
import { hasCompiler } from "../../infra/compiler.ts";
import { environments } from "../../infra/snapshot.ts";
import { long } from "../../long.ts";
import { deploys } from "./deploys.ts";
import { choices } from "./documented-choices.ts";
import { asCompanys, brokenBy, choose, type Made, problemsOf } from "./examples.ts";

/** Each operator's setting as the template takes it: each of its choices, or a text, which may have to be a number. */
const settings = [0, 1, 2].map((at) =>
  Object.fromEntries(
    describedSettings
      .filter(({ setByTemplate }) => !setByTemplate)
      .map(({ name, choices: all = ["9"] }) => [name, all[at % all.length]]),
  ),
);

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

  it.each(choices)("passes with %j", (choice) => {
    const made = choose(base, choice);
    const broken = brokenBy([choice], base.stage);
    expect(problemsOf(made).map((words) => words.split(":")[0])).toEqual(broken);
    expect(problemsOf(made, Object.fromEntries(broken.map((rule) => [rule, "We want that."])))).toEqual([]);
  });

  // The compiler takes a second for each, so that npm run test:long has the other examples.
  if (long || example === "prod")
    it.each(choices)("deploys with %j", async (choice) => {
      await deploys(choose(base, choice));
    });

  it.each(settings)("deploys with every setting, and each of its choices (%#)", async (hookSettings) => {
    await deploys(choose(base, { main: { hookSettings } }));
  });

  it("has a choice for each of its parameters", () => {
    const chosen = (place: "main" | "bootstrap") => choices.flatMap((choice) => Object.keys(choice[place] ?? {}));
    // The scripts set inputs, and a name is chosen for both.
    const alike = ["environmentName", "inputs"];
    const inMain = new Set([...chosen("main"), ...alike, "hookSettings"]);
    expect([...inMain].sort()).toEqual(Object.keys(base.main).sort());
    const inBootstrap = new Set([...chosen("bootstrap"), ...alike, "placeholders"]);
    if (base.bootstrap) expect([...inBootstrap].sort()).toEqual(Object.keys(base.bootstrap).sort());
  });
});
