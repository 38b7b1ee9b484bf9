// A stand-by takes over what production sends by, whatever production's name is.
import { createSetupProject, productionAnswers, type SetupProject } from "./setup-project.ts";

jest.setTimeout(120_000);

const answers = { ...productionAnswers, "for calls": "-", "where your people live": "DE,SG" };
let project: SetupProject;

describe("a stand-by of production that has another name", () => {
  const values = () => project.read("project/infra/environments/dr/main.bicepparam");
  const stops = "az bicep install *";
  beforeAll(async () => {
    project = createSetupProject();
    await project.setup(["dr"], { ...answers, "where your people live": "SG" }, stops);
  });
  afterAll(() => {
    project.remove();
  });

  it("keeps its own values while there is none, not an example's", async () => {
    await project.setup(["dr"], { "Go on?": "y" }, stops);
    expect(values()).toContain("PHONE_POLICY_ALLOWED_COUNTRIES: 'SG'");
  });

  it("is offered what that one sends by", async () => {
    await project.setup(["live", "--like", "prod"], answers, stops);
    await project.setup(["dr"], { "Go on?": "y" }, stops);
    expect(values()).toContain("PHONE_POLICY_ALLOWED_COUNTRIES: 'DE,SG'");
  });
});
