import { complaintsAbout, ifCompiled } from "./setup-compiled.ts";
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
    expect(calls.filter((call) => /create|register|PUT|npm/.test(call))).toEqual([]);
  });

  it("shows the hook secret on the terminal alone where its output goes to a log", async () => {
    const { screen } = await project.setup(["dev", "2>&1", "|", "tee", "log"], answers);
    const log = project.read("project/log");
    expect(log).toContain("Authentication field   authorization");
    expect([log, screen].map((text) => text.includes(secret("okta-hook-secret")))).toEqual([false, true]);
  });

  it("shows nothing of a secret under bash -x", async () => {
    const { screen } = await project.setup(["dev"], answers, undefined, "bash -ax");
    expect(screen).not.toContain(apiKey);
    expect(screen.split(secret("okta-hook-secret"))).toHaveLength(2);
  });

  it("without pipelines calls gh never and makes no identity that a pipeline could become; pipelines can come later", async () => {
    const alone = { ...answers, "read docs/runbooks.md": "https://wiki.octo.org/operate" };
    const { status, screen, calls } = await project.setup(["dev", "--no-pipelines"], alone);
    expect([status, calls.filter((call) => call.startsWith("gh"))]).toEqual([0, []]);
    expect(project.read(bootstrapped)).not.toMatch(/^param (gitHub|azurePipelines)/m);
    expect(project.read("project/infra/environments/dev/main.bicepparam")).toContain(
      "\nparam runbookUrl = 'https://wiki.octo.org/operate'\n",
    );
    expect(screen).toContain("\nThen activate it, preview it, and sign in.\n");
    expect(project.git("log", "--format=%s", "origin/main").trim()).toBe("feat: the project");

    expect((await project.setup(["dev"], { "Go on?": "y" })).status).toBe(0);
    expect(project.read(bootstrapped)).toContain("\nparam gitHub = {\n");
  });

  it.each([
    ["a private repository of an enterprise", "true", "enterprise\n", 1],
    ["a private repository of whose plan nothing is known", "true", undefined, 0],
    ["a private repository of another plan", "true", "team\n", 0],
    ["a public repository", "false", "enterprise\n", 0],
  ])("%s: attestations are switched on %#", async (_, isPrivate, plan, times) => {
    project.write("stand-in/github/repository", `octo-org/telephony 77 99 true ${isPrivate}\n`);
    if (plan !== undefined) project.write("stand-in/github/plan", plan);
    const on = (calls: readonly string[]) => calls.filter((call) => call.includes("variable set ATTESTATIONS")).length;
    const first = await project.setup(["dev"], answers, "az deployment group create *");
    const second = await project.setup(["dev"], answers, "az deployment group create *");
    expect([first, second].map(({ calls }) => on(calls))).toEqual([times, 0]);
  });

  it("keeps the issuer of an enterprise's own tokens", async () => {
    await project.setup(["dev"], answers, "npm ci");
    const file = "project/infra/environments/dev/bootstrap.bicepparam";
    const issuer = "  issuer: 'https://token.actions.githubusercontent.com/octo'\n";
    project.write(file, project.read(file).replace("  subject: 'ids'\n", `  subject: 'ids'\n${issuer}`));
    await project.setup(["dev"], answers, "npm ci");
    expect(project.read(file)).toContain(`  id: 99\n  subject: 'ids'\n${issuer}}\n`);
  });

  it.each([
    ["ids", "true repo:octo-org@77/telephony@99", "ids"],
    ["names", "true repo:octo-org/telephony", "names"],
    ["ids, where GitHub gives no prefix", "true ids", "ids"],
    ["names, where GitHub gives no prefix", "true names", "names"],
  ])("trusts the repository's runs as they name themselves: %s", async (_, gitHub, subject) => {
    project.write("stand-in/github/subject", `${gitHub}\n`);
    // A deployment is far from here: its failure ends the run once the file is written.
    await project.setup(["dev"], answers, "npm ci");
    expect(project.read("project/infra/environments/dev/bootstrap.bicepparam")).toContain(
      `\nparam gitHub = {\n  owner: 'octo-org'\n  ownerId: 77\n  name: 'telephony'\n  id: 99\n  subject: '${subject}'\n}\n`,
    );
  });
});

describe("production", () => {
  const prod = { ...answers, "for calls": "-" };
  beforeEach(start);
  afterEach(end);

  it("has people who approve its deployments and its previews, and a stage of its own in the pipeline", async () => {
    const { status, screen, calls } = await project.setup(["prod"], prod);
    const rules = calls.filter((call) => call.includes("PUT"));
    expect([status, rules]).toEqual([
      0,
      ["prod", "preview-prod"].map((name): unknown =>
        expect.stringMatching(`/environments/${name} .*reviewers\\[\\]\\[type\\]=User -F reviewers\\[\\]\\[id\\]=\\d+`),
      ),
    ]);
    expect(project.git("show", "origin/main:infra/environments/prod/pipeline.json")).toBe(
      '{ "stage": "production" }\n',
    );
    expect(project.read("project/infra/environments/prod/main.bicepparam")).not.toContain("VOICE");
    expect(screen).toContain("In 8x8: put 203.0.113.7 on the allow list");
    expect((await project.setup(["prod"], prod)).calls.filter((call) => call.includes("PUT"))).toEqual([]);
  });

  it("may have a team that approves, and keeps it at the next run", async () => {
    const first = await project.setup(
      ["prod"],
      { ...prod, "who approve": "octo-org/on-call,hubot" },
      "az deployment group *",
    );
    expect(first.calls.filter((call) => call.includes("PUT"))).toEqual(
      Array(2).fill(
        expect.stringMatching(
          /\[type\]=Team -F reviewers\[\]\[id\]=88 -F reviewers\[\]\[type\]=User .* -F prevent_self_review=true/,
        ),
      ),
    );
    const { screen } = await project.setup(["prod"], { "Go on?": "n", "8x8 API key": apiKey });
    expect(screen).toContain("approve a deployment [hubot,octo-org/on-call]: ");
  });

  it("stops at a team that GitHub does not know", async () => {
    const { status, screen } = await project.setup(["prod"], { ...prod, "who approve": "octo-org/nobody" });
    expect([status, screen]).toEqual([1, expect.stringContaining("\nGitHub knows no octo-org/nobody: ")]);
  });

  it("says where to go on when its vault is closed to this machine", async () => {
    const closed = await project.setup(["prod"], prod, "az keyvault secret set *");
    expect(closed.screen).toMatch(/The vault will be closed to the internet\. Unless .*, setup stops there/);
    expect(closed.screen).toMatch(
      /Stopped at: Secrets\. This vault is closed to the internet\..*docs\/deploy\.md.* run scripts\/setup\.sh prod again/,
    );
    expect([closed.status, project.roles()]).toEqual([1, []]);
    expect(Object.keys(project.state()).filter((file) => file.includes("azure/secrets/"))).toEqual([]);
  });

  it("has a standby that takes the hook secret which Okta sends already", async () => {
    const hookSecret = "the-hook-secret-that-okta-sends-to-prod-already";
    const { status, screen } = await project.setup(["dr"], { ...prod, "Hook secret": hookSecret });
    for (const name of ["dr", "preview-dr"])
      expect(project.read(`stand-in/github/environments/${name}/reviewers`)).toBe("octocat User\n");
    expect([status, project.secret("dr", "okta-hook-secret"), screen.includes(hookSecret)]).toEqual([
      0,
      hookSecret,
      false,
    ]);
  });

  it("makes and asks for no hook secret where Okta signs in with tokens alone, in a standby neither", async () => {
    for (const environment of ["prod", "dr"]) {
      await project.setup([environment], { ...prod, "Hook secret": apiKey + apiKey }, "az bicep install *");
      const file = `project/infra/environments/${environment}/main.bicepparam`;
      const settings = "param hookSettings = {\n";
      project.write(file, project.read(file).replace(settings, `${settings}  OKTA_HOOK_AUTH: 'token'\n`));
      const { status, screen } = await project.setup([environment], prod);
      expect([status, screen.includes("Hook secret"), screen.includes("Authentication secret")]).toEqual([
        0,
        false,
        false,
      ]);
      expect(screen).toContain("  Authentication         OAuth 2.0 (docs/tokens.md#in-okta)\n");
    }
    const seeded = Object.keys(project.state()).filter((file) => file.includes("azure/secrets/"));
    expect(seeded.map((file) => file.split("/").at(-1)).toSorted()).toEqual([
      "eight-by-eight-api-key",
      "eight-by-eight-api-key",
      "phone-hash-key",
      "phone-hash-key",
    ]);
  });

  it("has a standby that is offered all that production sends by", async () => {
    await project.setup(["prod"], { ...prod, Countries: "DE,SG", "8x8's API": "https://sms.8x8.uk" }, "npm ci");
    const { screen } = await project.setup(["dr"], { "Go on?": "n", "8x8 API key": apiKey, "Hook secret": apiKey });
    for (const offered of [
      "https://sms.8x8.uk",
      "octo_otp",
      "Octo",
      "DE,SG",
      "on-call@octo.org",
      "team@octo.org,desk@octo.org",
    ])
      expect(screen).toContain(` [${offered}]: \n`);
  });

  it("is offered no example as the number that calls", async () => {
    const calls = { "for calls": "octo_voice", "Number that calls": "6591234567", "Go on?": "n" };
    const { screen } = await project.setup(["prod"], { ...prod, ...calls });
    expect(screen).toContain("Number that calls: 6591234567\n");
  });

  ifCompiled("without pipelines leaves no example that would stop the deployment either", async () => {
    const typed = { ...prod, "read docs/runbooks.md": "https://wiki.octo.org/operate" };
    await project.setup(["prod", "--no-pipelines"], typed, "npm ci");
    expect(await complaintsAbout(project, "prod")).toEqual([]);
  });
});
