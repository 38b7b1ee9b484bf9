import {
  answers,
  apiKey,
  createSetupProject,
  productionAnswers,
  type SetupRun,
} from "./setup-project.ts";

const project = createSetupProject();

it("shows what it will do before it changes anything, and takes no for an answer", async () => {
  const state = project.state();
  const { status, screen, calls } = await project.setup(["dev"], { ...answers, "Go on?": "n" });
  expect([status, project.state()]).toEqual([1, state]);
  expect(screen).toMatch(/^Subscription +Octo subscription, westeurope$/m);
  expect(screen).toMatch(/^Repository +octo-org\/telephony, /m);
  expect(screen).toMatch(/\nGo on\? \[y\/N\] n\nNothing was changed\.\n$/);
  expect(calls.filter((call) => /create|register|PUT|npm run/.test(call))).toEqual([]);
});

describe("with --write-only", () => {
  const landing = createSetupProject();

  it("writes and checks the folder, changes nothing elsewhere, and says what to do next", async () => {
    const before = landing.state();
    const { status, screen, calls } = await landing.setup(["prod", "--write-only"], {
      ...productionAnswers,
      "for calls": "-",
      "who approve": "octocat",
      "Who is paged": "o'brien@octo.org,+4915112345678",
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
      "\nparam pageReceivers = { emails: ['o\\'brien@octo.org'], sms: [{ countryCode: '49', phoneNumber: '15112345678' }] }\n",
    );
    expect(landing.state()).toMatchObject(before);
    expect(calls.filter((call) => call.startsWith("check-environment"))).toHaveLength(1);
    expect(screen).toMatch(
      /\nSetup will, where it is not done yet:\n- write the values .*\nGo on\?/,
    );
    expect(screen).toContain("Then run scripts/setup.sh prod again, without --write-only.\n");
  });

  it("needs no role, and keeps what it wrote when it runs again", async () => {
    landing.write("stand-in/azure/roles/owner", undefined);
    const { status, screen } = await landing.setup(["prod", "--write-only"], {
      "who approve": "octocat",
      "Go on?": "y",
    });
    expect([status, screen]).toEqual([
      0,
      expect.stringContaining("Done before: infra/environments/prod says so already."),
    ]);
    const refused = await landing.setup(["prod", "--write-only"], {
      "who approve": "octocat",
      "Who is paged": ["o'brien@octo.org,+4915112345678", "-"],
    });
    expect(refused.screen).toContain("There are numbers or webhooks in ");
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

  it("shows the hook secret on the terminal alone, and no other", () => {
    const log = project.read("project/log");
    expect(log).toContain("Authentication field   authorization");
    const secret = project.secret("dev", "okta-hook-secret");
    expect([log, run.screen].map((text) => text.split(secret).length - 1)).toEqual([0, 1]);
    expect(run.screen).not.toContain(apiKey);
  });

  it("calls gh never, and makes no identity that a pipeline could become", () => {
    expect(run.screen).toContain("\nThen activate it, preview it, and sign in.\n");
    expect(run.calls.filter((call) => call.startsWith("gh"))).toEqual([]);
    const bootstrapped =
      "stand-in/azure/deployments/sub/okta-8x8-telephony-bootstrap-dev/bicepparam";
    expect(project.read(bootstrapped)).not.toMatch(/^param (gitHub|azurePipelines)/m);
    expect(project.git("log", "--format=%s", "origin/main").trim()).toBe("feat: the project");
  });
});

describe("pipelines come later, and the repository", () => {
  const file = "project/infra/environments/dev/bootstrap.bicepparam";
  // Each run stops at the code, and the next keeps the answers.
  const again = () => project.setup(["dev"], { "Go on?": "y" }, "az functionapp function list *");
  const attestations = (calls: readonly string[]) =>
    calls.filter((call) => call.includes("variable set ATTESTATIONS"));

  it.each([
    [
      "with ids, is private and of another plan",
      "repo:octo-org@77/telephony@99",
      "ids",
      true,
      "team\n",
      0,
    ],
    [
      "with names that GitHub gives no prefix for, is public",
      "names",
      "names",
      false,
      "enterprise\n",
      0,
    ],
    [
      "with names, is private and of a plan that this login may not see",
      "repo:octo-org/telephony",
      "names",
      true,
      "",
      0,
    ],
    [
      "with names, is private and an enterprise's",
      "repo:octo-org/telephony",
      "names",
      true,
      "enterprise\n",
      1,
    ],
  ])(
    "%s: its runs are trusted as they name themselves, and attestations are switched on where it can have them",
    async (...row) => {
      const [, gitHub, subject, isPrivate, plan, times] = row;
      project.write("stand-in/github/subject", `true ${gitHub}\n`);
      project.write("stand-in/github/repository", `octo-org/telephony 77 99 true ${isPrivate}\n`);
      project.write("stand-in/github/plan", plan);
      const { calls } = await again();
      expect(project.read(file)).toContain(
        `\nparam gitHub = {\n  owner: 'octo-org'\n  ownerId: 77\n  name: 'telephony'\n  id: 99\n  subject: '${subject}'\n}\n`,
      );
      expect(attestations(calls)).toHaveLength(times);
    },
  );

  it("keeps the issuer of an enterprise's own tokens, and its attestations", async () => {
    const issuer = "  issuer: 'https://token.actions.githubusercontent.com/octo'\n";
    project.write(
      file,
      project.read(file).replace("  subject: 'names'\n", `  subject: 'names'\n${issuer}`),
    );
    const { calls } = await again();
    expect(project.read(file)).toContain(`  id: 99\n  subject: 'names'\n${issuer}}\n`);
    expect(attestations(calls)).toEqual([]);
  });
});
