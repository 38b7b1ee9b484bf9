// Which countries are served stands in the plan as it will be, also where somebody has written the folder by hand.
import { createSetupProject, productionAnswers, type SetupProject } from "./setup-project.ts";

jest.setTimeout(120_000);

const file = "project/infra/environments/prod/main.bicepparam";
let project: SetupProject;

beforeAll(async () => {
  project = createSetupProject();
  await project.setup(["prod"], { ...productionAnswers, "for calls": "-" }, "az bicep install *");
});
afterAll(() => {
  project.remove();
});

async function planWith(line: string) {
  project.write(file, project.read(file).replace(/^ *PHONE_POLICY_\w+_COUNTRIES: .*$/m, `  ${line}`));
  return await project.setup(["prod"], { "Go on?": "n" });
}

it("all but those that are blocked are served, and nobody is asked for a list beside it", async () => {
  const { screen, questions } = await planWith("PHONE_POLICY_BLOCKED_COUNTRIES: 'RU,KP'");
  expect(screen).toMatch(/^Countries +all but Russia, North Korea\nElsewhere +no code of ours; Okta/m);
  expect(questions.join()).not.toContain("where your people live");
  expect(screen).toContain("\nNothing was changed.\n");
});

it("what is no country is shown as it stands, for the check to name", async () => {
  const { screen } = await planWith("PHONE_POLICY_ALLOWED_COUNTRIES: 'DE, X,'");
  expect(screen).toMatch(/^Countries +Germany, X, \n/m);
  expect(screen).toContain("\nNothing was changed.\n");
});
