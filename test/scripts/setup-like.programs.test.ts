// Tests environments that do not have the name of an example. Setup writes the folder before it asks
// for consent.
import { createSetupProject, productionAnswers } from "./setup-project.ts";

const no = { "Continue?": "n" };
const answers = { ...productionAnswers, "for calls": "-", ...no };
const values = (name: string) => `project/infra/environments/${name}/main.bicepparam`;
const project = createSetupProject();
/** The stand-by's parameter file before and after production exists. */
let standby: readonly string[];

beforeAll(async () => {
  await project.setup(["dr"], { ...answers, "Countries of your people": "SG" });
  await project.setup(["dr"], no);
  const alone = project.read(values("dr"));
  await project.setup(["live", "--like", "prod"], {
    ...answers,
    "Countries of your people": "DE,SG",
  });
  await project.setup(["dr"], no);
  standby = [alone, project.read(values("dr"))];
});

it("setup --like copies the example and its stage, and does not change the example", () => {
  for (const file of ["main", "bootstrap"]) {
    const text = project.read(`project/infra/environments/live/${file}.bicepparam`);
    expect(text).toMatch(/^using '\.\.\/\.\.\/[a-z]/m);
    expect(text).toContain("\nparam environmentName = 'live'\n");
  }
  expect(project.read(values("live"))).toContain("\nparam zoneRedundant = true\n");
  expect(JSON.parse(project.read("project/infra/environments/live/pipeline.json"))).toEqual({
    stage: "production",
  });
  expect(project.git("status", "--porcelain", "infra/environments/examples")).toBe("");
});

it("setup offers a stand-by its own values, or production's as soon as production exists", () => {
  const lists = standby.map((text) => /PHONE_POLICY_ALLOWED_COUNTRIES: '(.*)'/.exec(text)?.[1]);
  expect(lists).toEqual(["SG", "DE,SG"]);
});
