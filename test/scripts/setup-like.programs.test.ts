// Tests environments that do not have the name of an example. Each run fails on purpose as soon as
// setup has written the folder.
import { createSetupProject, productionAnswers, type SetupRun } from "./setup-project.ts";

const stops = "az bicep install *";
const answers = { ...productionAnswers, "for calls": "-", "Countries of your people": "DE,SG" };
const values = (name: string) => `project/infra/environments/${name}/main.bicepparam`;
const project = createSetupProject();
let first: SetupRun;
/** The stand-by's parameter file before and after production exists. */
let standby: readonly string[];

beforeAll(async () => {
  await project.setup(["dr"], { ...answers, "Countries of your people": "SG" }, stops);
  await project.setup(["dr"], { "Continue?": "y" }, stops);
  const alone = project.read(values("dr"));
  first = await project.setup(["live", "--like", "prod"], answers, stops);
  await project.setup(["dr"], { "Continue?": "y" }, stops);
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

it("setup repeats its options in the advice after a failure", () => {
  expect(first.screen).toContain(
    " Then run scripts/setup.sh live --like prod again. It continues from here.",
  );
});

it("a second run of setup needs no --like, and shows an invalid country unchanged", async () => {
  const main = project.read(values("live"));
  project.write(values("live"), main.replace(/(?<=ALLOWED_COUNTRIES: ).*/, "'DE, X,'"));
  const { screen, questions } = await project.setup(["live"], { "Continue?": "n" });
  expect(questions).toEqual(first.questions);
  expect(screen).toMatch(/^Countries +Germany, X, \n[^]*\nNothing was changed\.\n$/m);
});

it("setup does not ask for allowed countries if the file blocks countries", async () => {
  const main = project.read(values("live"));
  project.write(
    values("live"),
    main.replace(/PHONE_POLICY_ALLOWED_COUNTRIES: .*/, "PHONE_POLICY_BLOCKED_COUNTRIES: 'RU,KP'"),
  );
  const { screen, questions } = await project.setup(["live"], { "Continue?": "n" });
  expect(screen).toMatch(
    /^Countries +all but Russia, North Korea\nElsewhere +no code; Okta[^]*\nNothing was changed\.\n$/m,
  );
  expect(questions.join()).not.toContain("Countries of your people");
});

it("setup stops before the first question if a list of addresses has several lines", async () => {
  const file = "project/infra/environments/live/bootstrap.bicepparam";
  project.write(file, project.read(file).replace(/(?<=accessAlertEmails = \[)/, "\n"));
  const { status, screen, questions } = await project.setup(["live"], {});
  expect([status, questions, screen]).toEqual([
    1,
    [],
    expect.stringContaining("Write accessAlertEmails in "),
  ]);
});
