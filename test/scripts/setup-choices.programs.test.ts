import {
  answers,
  apiKey,
  createSetupProject,
  productionAnswers,
  type SetupRun,
} from "./setup-project.ts";

describe("without consent to the plan", () => {
  const project = createSetupProject();

  it("setup writes the environment's folder, checks it, shows the plan, and changes nothing else", async () => {
    const before = project.state();
    const { status, screen, calls } = await project.setup(["prod"], {
      ...productionAnswers,
      "for calls": "-",
      "People to page": "o'brien@octo.org",
      "Continue?": ["perhaps", ""],
    });
    expect(status).toBe(1);
    const folder = "environments/prod";
    const written = Object.keys(project.state()).filter((file) => !(file in before));
    expect(written.sort()).toEqual(
      ["bootstrap.bicepparam", "main.bicepparam", "pipeline.json"].map(
        (file) => `project/${folder}/${file}`,
      ),
    );
    expect(project.state()).toMatchObject(before);
    expect(project.read(`project/${folder}/main.bicepparam`)).toContain(
      "\nparam pageReceivers = { emails: ['o\\'brien@octo.org'] }\n",
    );
    expect(calls.filter((call) => call.startsWith("check-environment"))).toHaveLength(1);
    expect(screen).toMatch(/^Countries +Brazil, Portugal; elsewhere: no code$/m);
    expect(screen).toMatch(/^Groups +rotate secrets: none, read logs: none /m);
    expect(screen).toContain(`\nNothing was deployed. Your answers are in ${folder}.\n`);
  });

  it.each([
    ["ids", "repo:octo-org@77/telephony@99"],
    ["names", "repo:octo-org/telephony"],
  ])(
    "setup writes whether the subjects of GitHub's tokens have ids or names: %s",
    async (subject, prefix) => {
      project.write("stand-in/github/subject", `true ${prefix}\n`);
      await project.setup(["dev"], { ...answers, "Continue?": "n" });
      expect(project.read("project/environments/dev/bootstrap.bicepparam")).toContain(
        `\nparam gitHub = {\n  owner: 'octo-org'\n  ownerId: 77\n  name: 'telephony'\n  id: 99\n  subject: '${subject}'\n}\n`,
      );
    },
  );
});

describe("setup without pipelines, with bash -x and all output in a log", () => {
  const project = createSetupProject();
  let run: SetupRun;
  beforeAll(async () => {
    run = await project.setup(
      ["dev", "--no-pipelines", "2>&1", "|", "tee", "log"],
      answers,
      undefined,
      "bash -ax",
    );
  });

  it("setup shows the hook secret only on the terminal, and shows no other secret", () => {
    const log = project.read("project/log");
    expect(log).toContain("Authentication field   authorization");
    const secret = project.secret("dev", "okta-hook-secret");
    expect([log, run.screen].map((text) => text.split(secret).length - 1)).toEqual([0, 1]);
    expect(run.screen).not.toContain(apiKey);
  });

  it("setup does not call gh, and creates no identity for pipelines", () => {
    expect(run.screen).toContain(
      "docs/set-up-okta.md#from-another-provider.\nThen activate the hook, preview it, and sign in.\n",
    );
    expect(run.calls.filter((call) => call.startsWith("gh"))).toEqual([]);
    const bootstrapped =
      "stand-in/azure/deployments/sub/okta-8x8-telephony-bootstrap-dev-westeurope/bicepparam";
    expect(project.read(bootstrapped)).not.toMatch(/^param (gitHub|azurePipelines)/m);
    expect(project.git("log", "--format=%s", "origin/main").trim()).toBe("feat: the project");
  });
});

it("in a clone of the product, setup uses no pipeline", async () => {
  const project = createSetupProject("clone");
  const { status, calls } = await project.setup(["dev"], answers);
  expect([status, calls.filter((call) => call.startsWith("gh"))]).toEqual([0, []]);
});
