import {
  apiKey,
  createSetupProject,
  productionAnswers,
  type SetupRun,
  installed,
} from "./setup-project.ts";

const team = { "who approve": "octo-org/on-call,hubot" };
const url = "https://func-prod.azurewebsites.net/api/okta/telephony";
const answers = {
  ...productionAnswers,
  "for calls": "-",
  "Countries of your people": "DE,SG",
  "8x8's API": "https://sms.8x8.uk",
};

const project = createSetupProject();
const rules = (name: string) =>
  ["reviewers", "self-review", "branches-by-name"].map((file) =>
    project.read(`stand-in/github/environments/${name}/${file}`).trim(),
  );

describe("production, and its stand-by", () => {
  let stopped: SetupRun;
  let production: SetupRun;
  let tampered: SetupRun;
  let unasked: SetupRun;
  let standby: SetupRun;
  beforeAll(async () => {
    const closed =
      "az keyvault secret set *\nERROR: (Forbidden) Client address is not authorized. Inner error: ForbiddenByFirewall";
    stopped = await project.setup(["prod"], answers, closed);
    const kept = { "8x8 API key": apiKey, "Continue?": "y", "Is this yours?": "y" };
    production = await project.setup(["prod"], kept);

    const file = "project/environments/prod/okta.json";
    const state = project
      .read(`project/${installed}/infra/environments/examples/prod/okta.json`)
      .replace(/"url": "[^"]*"/, `"url": "${url}"`)
      .replace("example.okta.com", "octo.okta.com")
      .replace("0oaEXAMPLE", "0oa1");
    project.write(
      file,
      state
        .replace(url, `http://127.0.0.1:x@${url.slice("https://".length)}`)
        .replace("octo.okta.com", "octo.okta.com|e #"),
    );
    const ofStandby = { "for calls": "-", ...team, ...kept };
    tampered = await project.setup(["dr"], ofStandby);
    project.write(file, state);
    const wrong = "a-hook-secret-that-Okta-never-sent";
    unasked = await project.setup(["dr"], {
      ...ofStandby,
      "Is this yours?": "n",
      "Hook secret": wrong,
    });
    standby = await project.setup(["dr"], {
      ...ofStandby,
      "Hook secret": [wrong, project.secret("prod", "okta-hook-secret")],
    });
  });

  it("if the vault is closed, setup asks for no secret, prints what to do, and continues in a later run", () => {
    expect(stopped.screen).toMatch(/The vault will be closed to the internet\. /);
    expect(stopped.screen).toMatch(
      /\nThe vault cannot be reached [^]*\nStopped at: Secrets\. This vault is closed to the internet\..* run again: npx --no okta-8x8-telephony setup prod\n/,
    );
    const secretQuestions = stopped.questions.filter((one) => one.includes("(not shown)"));
    expect([stopped.status, secretQuestions, production.status]).toEqual([1, [], 0]);
    expect(project.roles()).toEqual([]);
    expect(project.files("stand-in/azure/secrets/kv-prod")).toHaveLength(3);
  });

  it("setup adds reviewers to all GitHub environments, and prevents self-review if there are several reviewers", () => {
    expect(standby.status).toBe(0);
    for (const name of ["prod", "preview-prod"])
      expect(rules(name)).toEqual(["octocat User", "allowed", String(name === "prod")]);
    for (const name of ["dr", "preview-dr"])
      expect(rules(name)).toEqual([
        "octo-org/on-call Team\nhubot User",
        "prevented",
        String(name === "dr"),
      ]);
  });

  it("for a stand-by, setup offers production's values, refuses a wrong hook secret, and stores production's hook secret", () => {
    expect(project.read("project/environments/dr/main.bicepparam")).toContain(
      "\n  PHONE_POLICY_ALLOWED_COUNTRIES: 'DE,SG'\n",
    );
    expect(project.secret("dr", "okta-hook-secret")).toBe(
      project.secret("prod", "okta-hook-secret"),
    );
    expect(standby.screen.match(/^.* refuses this hook secret\. .*$/gm)).toEqual([
      `${url} refuses this hook secret. Type the secret that Okta sends.`,
    ]);
    expect(standby.screen).not.toContain(project.secret("dr", "okta-hook-secret"));
  });

  it("setup sends the hook secret only if the person agrees, and never to a URL with a user name", () => {
    const asked = ({ calls }: SetupRun) =>
      calls.filter((call) => call.startsWith("curl ") && call.includes("--data {}"));
    expect([tampered, unasked, standby].map(asked)).toEqual([
      [],
      [],
      [expect.anything(), expect.anything()],
    ]);
    expect(tampered.screen).toContain(
      "The hook's URL must begin with https:// and have no user name.",
    );
    expect(tampered.screen).not.toContain("|e #");
    expect(unasked.screen).toContain(
      "come from: func-prod.azurewebsites.net. Is this yours? [y/N]",
    );
    expect(unasked.questions.filter((one) => one.includes("(not shown)"))).toEqual([]);
  });

  it("for a stand-by, setup does not change Okta, and prints what to do in an outage", () => {
    expect(standby.calls.filter((call) => call.startsWith("okta "))).toEqual([]);
    expect(standby.screen).toMatch(
      /\nDone\. This is a stand-by, so leave the hook of production in Okta.*\n {2}npx --no okta-8x8-telephony okta apply --env dr /,
    );
    expect(standby.screen).not.toMatch(/Add Inline Hook|activate the hook/);
  });

  it("setup does not run a shell command that a list in the parameter file contains", async () => {
    const values = "project/environments/prod/main.bicepparam";
    const good = project.read(values);
    project.write(values, good.replace("team@octo.org", "team@octo.org/;e touch executed #"));
    const run = await project.setup(
      ["prod"],
      { ...answers, "not urgent": "", "Okta org": "-" },
      "az deployment *",
    );
    expect(run.screen).toContain("touch executed");
    expect(project.files("project")).not.toContain("executed");
    project.write(values, good);
  });
});
