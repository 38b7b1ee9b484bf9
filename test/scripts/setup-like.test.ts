import { answers, createSetupProject, type SetupProject } from "./setup-project.ts";

jest.setTimeout(120_000);

let project: SetupProject;
const read = (file: string) => project.read(`project/infra/environments/${file}`);

beforeAll(async () => {
  project = createSetupProject();
  // The folder is written before anything else: a failure right after it ends the run.
  await project.setup(["qa", "--like", "dev"], answers, "az bicep install *");
});
afterAll(() => {
  project.remove();
});

it("an environment with a name of its own begins with the example that --like names, its stage too", () => {
  const lines = (text: string) => text.split("\n").filter((line) => !/^using|environmentName/.test(line)).length;
  for (const file of ["main.bicepparam", "bootstrap.bicepparam"]) {
    expect(read(`qa/${file}`)).toMatch(/^using '\.\.\/\.\.\/[a-z]/m);
    expect(read(`qa/${file}`)).toContain("\nparam environmentName = 'qa'\n");
  }
  expect(lines(read("qa/main.bicepparam"))).toBeGreaterThanOrEqual(lines(read("examples/dev/main.bicepparam")));
  expect(JSON.parse(read("qa/pipeline.json"))).toEqual({ stage: "test" });
});

it("and no example is changed", () => {
  expect(project.git("status", "--porcelain", "--untracked-files=normal").trim()).toBe("?? infra/environments/qa/");
});
