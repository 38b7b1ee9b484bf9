import {
  answers,
  apiKey,
  createSetupProject,
  productionAnswers,
  type SetupRun,
} from "./setup-project.ts";

const project = createSetupProject();

it("setup shows its plan, and changes nothing if the answer is no", async () => {
  const state = project.state();
  const { status, screen, calls } = await project.setup(["dev"], { ...answers, "Continue?": "n" });
  expect([status, project.state()]).toEqual([1, state]);
  expect(screen).toMatch(/^Subscription +Octo subscription, westeurope$/m);
  expect(screen).toMatch(/^Repository +octo-org\/telephony, /m);
  expect(screen).toMatch(/\nContinue\? \[y\/N\] n\nNothing was changed\.\n$/);
  expect(calls.filter((call) => /create|register|PUT|npm run/.test(call))).toEqual([]);
});

describe("with --write-only", () => {
  const landing = createSetupProject();

  it("setup writes and checks the folder, changes nothing else, and prints what to do next", async () => {
    const before = landing.state();
    const { status, screen, calls } = await landing.setup(["prod", "--write-only"], {
      ...productionAnswers,
      "for calls": "-",
      "who approve": "octocat",
      "People to page": "o'brien@octo.org",
    });
    expect(status).toBe(0);
    const folder = "project/infra/environments/prod";
    const written = Object.keys(landing.state()).filter((file) => !(file in before));
    expect(written.sort()).toEqual(
      ["bootstrap.bicepparam", "main.bicepparam", "pipeline.json"].map(
        (file) => `${folder}/${file}`,
      ),
    );
    expect(landing.read(`${folder}/main.bicepparam`)).toContain(
      "\nparam pageReceivers = { emails: ['o\\'brien@octo.org'] }\n",
    );
    expect(landing.state()).toMatchObject(before);
    expect(calls.filter((call) => call.startsWith("check-environment"))).toHaveLength(1);
    expect(screen).toMatch(
      /\nSetup will do what is not done yet:\n- write the values .*\nContinue\?/,
    );
    expect(screen).toContain("Then run scripts/setup.sh prod again, without --write-only.\n");
  });
});

describe("without pipelines, with all output in a log and bash -x", () => {
  let run: SetupRun;
  beforeAll(async () => {
    run = await project.setup(
      ["dev", "--no-pipelines", "2>&1", "|", "tee", "log"],
      answers,
      undefined,
      "bash -ax",
    );
  });

  it("setup shows no secret except the hook secret, and that one only on the terminal", () => {
    const log = project.read("project/log");
    expect(log).toContain("Authentication field   authorization");
    const secret = project.secret("dev", "okta-hook-secret");
    expect([log, run.screen].map((text) => text.split(secret).length - 1)).toEqual([0, 1]);
    expect(run.screen).not.toContain(apiKey);
  });

  it("setup does not call gh, and creates no identity for pipelines", () => {
    expect(run.screen).toContain("\nThen activate the hook, preview it, and sign in.\n");
    expect(run.calls.filter((call) => call.startsWith("gh"))).toEqual([]);
    const bootstrapped =
      "stand-in/azure/deployments/sub/okta-8x8-telephony-bootstrap-dev/bicepparam";
    expect(project.read(bootstrapped)).not.toMatch(/^param (gitHub|azurePipelines)/m);
    expect(project.git("log", "--format=%s", "origin/main").trim()).toBe("feat: the project");
  });
});

describe("with pipelines added later", () => {
  const file = "project/infra/environments/dev/bootstrap.bicepparam";
  // Each run stops at the step Code, and the next run keeps the answers.
  const again = () =>
    project.setup(["dev"], { "Continue?": "y" }, "az functionapp function list *");

  it.each([
    ["ids", "repo:octo-org@77/telephony@99"],
    ["names", "repo:octo-org/telephony"],
  ])(
    "setup writes that the subjects of the repository's tokens have %s",
    async (subject, gitHub) => {
      project.write("stand-in/github/subject", `true ${gitHub}\n`);
      await again();
      expect(project.read(file)).toContain(
        `\nparam gitHub = {\n  owner: 'octo-org'\n  ownerId: 77\n  name: 'telephony'\n  id: 99\n  subject: '${subject}'\n}\n`,
      );
    },
  );
});
