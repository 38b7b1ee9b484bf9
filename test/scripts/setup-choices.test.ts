import { answers, apiKey, createSetupProject, type SetupProject } from "./setup-project.ts";

jest.setTimeout(120_000);

const bootstrapped = "stand-in/azure/deployments/sub/okta-8x8-telephony-bootstrap-dev/bicepparam";

let project: SetupProject;
const start = () => {
  project = createSetupProject();
};
const end = () => {
  project.remove();
};

const secret = (name: string) => project.secret("dev", name);

describe("a run", () => {
  beforeEach(start);
  afterEach(end);

  it("shows what it will do before it changes anything, and takes no for an answer", async () => {
    const state = project.state();
    const { status, screen, calls } = await project.setup(["dev"], { ...answers, "Go on?": "n" });
    expect([status, project.state()]).toEqual([1, state]);
    expect(screen).toMatch(/^Subscription +Octo subscription, westeurope$/m);
    expect(screen).toMatch(/^Repository +octo-org\/telephony, /m);
    expect(screen).toMatch(/\nGo on\? \[y\/N\] n\nNothing was changed\.\n$/);
    expect(calls.filter((call) => /create|register|PUT|npm run/.test(call))).toEqual([]);
  });

  it("shows the hook secret on the terminal alone where all output goes to a log, and no other under bash -x either", async () => {
    const { screen } = await project.setup(["dev", "2>&1", "|", "tee", "log"], answers, undefined, "bash -ax");
    const log = project.read("project/log");
    expect(log).toContain("Authentication field   authorization");
    expect([log, screen].map((text) => text.split(secret("okta-hook-secret")).length - 1)).toEqual([0, 1]);
    expect(screen).not.toContain(apiKey);
  });

  it("without pipelines calls gh never and makes no identity that a pipeline could become; pipelines can come later", async () => {
    const { status, screen, calls } = await project.setup(["dev", "--no-pipelines"], answers);
    expect([status, calls.filter((call) => call.startsWith("gh"))]).toEqual([0, []]);
    expect(project.read(bootstrapped)).not.toMatch(/^param (gitHub|azurePipelines)/m);
    expect(screen).toContain("\nThen activate it, preview it, and sign in.\n");
    expect(project.git("log", "--format=%s", "origin/main").trim()).toBe("feat: the project");

    expect((await project.setup(["dev"], { "Go on?": "y" })).status).toBe(0);
    expect(project.read(bootstrapped)).toContain("\nparam gitHub = {\n");
  });
});

describe("the repository", () => {
  const file = "project/infra/environments/dev/bootstrap.bicepparam";
  const kept = { "Go on?": "y" };
  // Each run stops before anything is deployed, and the next keeps the answers of the first.
  beforeAll(async () => {
    start();
    await project.setup(["dev"], answers, "check-environment *");
  });
  afterAll(end);

  it.each([
    ["ids", "true repo:octo-org@77/telephony@99", "ids"],
    ["names", "true repo:octo-org/telephony", "names"],
    ["names, where GitHub gives no prefix", "true names", "names"],
    ["ids, where GitHub gives no prefix", "true ids", "ids"],
  ])("has runs that are trusted as they name themselves: %s", async (_, gitHub, subject) => {
    project.write("stand-in/github/subject", `${gitHub}\n`);
    await project.setup(["dev"], kept, "check-environment *");
    expect(project.read(file)).toContain(
      `\nparam gitHub = {\n  owner: 'octo-org'\n  ownerId: 77\n  name: 'telephony'\n  id: 99\n  subject: '${subject}'\n}\n`,
    );
  });

  it("keeps the issuer of an enterprise's own tokens", async () => {
    const issuer = "  issuer: 'https://token.actions.githubusercontent.com/octo'\n";
    project.write(file, project.read(file).replace("  subject: 'ids'\n", `  subject: 'ids'\n${issuer}`));
    await project.setup(["dev"], kept, "check-environment *");
    expect(project.read(file)).toContain(`  id: 99\n  subject: 'ids'\n${issuer}}\n`);
  });

  it.each([
    ["is private and of another plan", "true", "team\n", [0]],
    ["is private and nothing is known of its plan", "true", undefined, [0]],
    ["is public", "false", "enterprise\n", [0]],
    ["is private and an enterprise's", "true", "enterprise\n", [1, 0]],
  ])("%s: attestations are switched on %#", async (_, isPrivate, plan, times) => {
    project.write("stand-in/github/repository", `octo-org/telephony 77 99 true ${isPrivate}\n`);
    project.write("stand-in/github/plan", plan ?? "");
    for (const count of times) {
      const { calls } = await project.setup(["dev"], kept, "az deployment group create *");
      expect(calls.filter((call) => call.includes("variable set ATTESTATIONS"))).toHaveLength(count);
    }
  });
});
