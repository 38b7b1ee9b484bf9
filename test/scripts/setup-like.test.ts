import { answers, createSetupProject, type SetupProject, type SetupRun } from "./setup-project.ts";

jest.setTimeout(120_000);

let project: SetupProject;
let first: SetupRun;
const read = (file: string) => project.read(`project/infra/environments/${file}`);

beforeAll(async () => {
  project = createSetupProject();
  // The folder is written before anything else: a failure right after it ends the run.
  first = await project.setup(["qa", "--like", "dev"], answers, "az bicep install *");
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

it("where it stops, it names its options too: without them the next run would be another", () => {
  expect(first.screen).toContain(" Then run scripts/setup.sh qa --like dev again: it goes on from here.");
});

it("a second run without --like asks the same", async () => {
  const again = await project.setup(["qa"], { "Go on?": "n" });
  expect(again.questions).toEqual(first.questions);
});

it("a name that no example has, and an option that names none, are answered with those that there are", async () => {
  for (const args of [["nope"], ["qb", "--like", "nope"]])
    expect((await project.setup(args, {})).screen).toContain("with --like: dev dr prod small.");
});

it("addresses on several lines stop it before the first question", async () => {
  const file = "project/infra/environments/qa/bootstrap.bicepparam";
  project.write(file, read("qa/bootstrap.bicepparam").replace(/(?<=accessAlertEmails = \[)/, "\n"));
  const { status, screen, questions } = await project.setup(["qa"], {});
  expect([status, questions, screen]).toEqual([1, [], expect.stringContaining("Write accessAlertEmails in ")]);
});
