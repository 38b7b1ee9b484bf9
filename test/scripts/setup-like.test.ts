// Environments whose names no example has. Their folders are written before anything else: a
// failure right after it ends these runs.
import { createSetupProject, productionAnswers, type SetupRun } from "./setup-project.ts";

const stops = "az bicep install *";
const answers = { ...productionAnswers, "for calls": "-", "where your people live": "DE,SG" };
const values = (name: string) => `project/infra/environments/${name}/main.bicepparam`;
const project = createSetupProject();
let first: SetupRun;
/** What a stand-by was offered before and after there was a production. */
let standby: readonly string[];

beforeAll(async () => {
  await project.setup(["dr"], { ...answers, "where your people live": "SG" }, stops);
  await project.setup(["dr"], { "Go on?": "y" }, stops);
  const alone = project.read(values("dr"));
  first = await project.setup(["live", "--like", "prod"], answers, stops);
  await project.setup(["dr"], { "Go on?": "y" }, stops);
  standby = [alone, project.read(values("dr"))];
});

it("an environment with a name of its own begins with the example that --like names, its stage too, and changes none", () => {
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

it("a stand-by keeps its own values while there is no production, and is then offered those of one with any name", () => {
  const lists = standby.map((text) => /PHONE_POLICY_ALLOWED_COUNTRIES: '(.*)'/.exec(text)?.[1]);
  expect(lists).toEqual(["SG", "DE,SG"]);
});

it("where it stops, it names its options too: without them the next run would be another", () => {
  expect(first.screen).toContain(
    " Then run scripts/setup.sh live --like prod again: it goes on from here.",
  );
});

it("a second run without --like asks the same; what is no country is shown as it stands, for the check to name", async () => {
  const main = project.read(values("live"));
  project.write(values("live"), main.replace(/(?<=ALLOWED_COUNTRIES: ).*/, "'DE, X,'"));
  const { screen, questions } = await project.setup(["live"], { "Go on?": "n" });
  expect(questions).toEqual(first.questions);
  expect(screen).toMatch(/^Countries +Germany, X, \n[^]*\nNothing was changed\.\n$/m);
});

it("where countries are blocked all others are served, and nobody is asked for a list beside it", async () => {
  const main = project.read(values("live"));
  project.write(
    values("live"),
    main.replace(/PHONE_POLICY_ALLOWED_COUNTRIES: .*/, "PHONE_POLICY_BLOCKED_COUNTRIES: 'RU,KP'"),
  );
  const { screen, questions } = await project.setup(["live"], { "Go on?": "n" });
  expect(screen).toMatch(
    /^Countries +all but Russia, North Korea\nElsewhere +no code of ours; Okta[^]*\nNothing was changed\.\n$/m,
  );
  expect(questions.join()).not.toContain("where your people live");
});

it("addresses on several lines stop it before the first question", async () => {
  const file = "project/infra/environments/live/bootstrap.bicepparam";
  project.write(file, project.read(file).replace(/(?<=accessAlertEmails = \[)/, "\n"));
  const { status, screen, questions } = await project.setup(["live"], {});
  expect([status, questions, screen]).toEqual([
    1,
    [],
    expect.stringContaining("Write accessAlertEmails in "),
  ]);
});
