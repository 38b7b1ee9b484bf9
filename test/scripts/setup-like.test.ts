// Environments whose names are not examples. Setup writes their folders first, so these runs end
// with a failure right after.
import { createSetupProject, productionAnswers, type SetupRun } from "./setup-project.ts";

const stops = "az bicep install *";
const answers = { ...productionAnswers, "for calls": "-", "Countries of your people": "DE,SG" };
const values = (name: string) => `project/infra/environments/${name}/main.bicepparam`;
const project = createSetupProject();
let first: SetupRun;
/** Values offered for a stand-by before and after production exists. */
let standby: readonly string[];

beforeAll(async () => {
  await project.setup(["dr"], { ...answers, "Countries of your people": "SG" }, stops);
  await project.setup(["dr"], { "Continue?": "y" }, stops);
  const alone = project.read(values("dr"));
  first = await project.setup(["live", "--like", "prod"], answers, stops);
  await project.setup(["dr"], { "Continue?": "y" }, stops);
  standby = [alone, project.read(values("dr"))];
});

it("--like copies the example with its stage under the new name, and does not change the example", () => {
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

it("a stand-by keeps its own values without production, and is offered production's under any name", () => {
  const lists = standby.map((text) => /PHONE_POLICY_ALLOWED_COUNTRIES: '(.*)'/.exec(text)?.[1]);
  expect(lists).toEqual(["SG", "DE,SG"]);
});

it("the advice after a failure repeats the options", () => {
  expect(first.screen).toContain(
    " Then run scripts/setup.sh live --like prod again: it continues from here.",
  );
});

it("a second run does not need --like, and shows an invalid country unchanged for the check to report", async () => {
  const main = project.read(values("live"));
  project.write(values("live"), main.replace(/(?<=ALLOWED_COUNTRIES: ).*/, "'DE, X,'"));
  const { screen, questions } = await project.setup(["live"], { "Continue?": "n" });
  expect(questions).toEqual(first.questions);
  expect(screen).toMatch(/^Countries +Germany, X, \n[^]*\nNothing was changed\.\n$/m);
});

it("with blocked countries all others are allowed, and setup does not ask for a list", async () => {
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

it("a list of addresses on several lines stops setup before the first question", async () => {
  const file = "project/infra/environments/live/bootstrap.bicepparam";
  project.write(file, project.read(file).replace(/(?<=accessAlertEmails = \[)/, "\n"));
  const { status, screen, questions } = await project.setup(["live"], {});
  expect([status, questions, screen]).toEqual([
    1,
    [],
    expect.stringContaining("Write accessAlertEmails in "),
  ]);
});
