import { exec } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { promisify } from "node:util";
import type { AddressInfo } from "node:net";
import { startOktaOrg, type OktaOrg } from "../../tools/sandbox/okta/management/org.ts";
import { addHook, expectAtMostOneActive } from "../tools/okta/hooks-in-org.ts";
import { scopes } from "../tools/okta/running-okta.ts";
import { answers, createSetupProject, installed, type SetupRun } from "./setup-project.ts";

const eventSecret = "the-event-secret-of-the-tests";
const adminToken = "an-administrators-token";
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const project = createSetupProject();
const secret = () => project.secret("dev", "okta-hook-secret");
const stateFile = "project/environments/dev/okta.json";
let app: Server;
let hookUrl: string;
let org: OktaOrg;

beforeAll(async () => {
  project.write("home/okta-key.json", JSON.stringify(privateKey.export({ format: "jwk" })));
  // A stand-in for the app, which accepts the secret that setup stored in the vault.
  app = createServer((request, response) => {
    const challenge = request.headers["x-okta-verification-challenge"];
    if (challenge !== undefined && request.headers.authorization === eventSecret) {
      response.end(JSON.stringify({ verification: challenge }));
      return;
    }
    const accepted = request.headers.authorization === secret();
    const details = { outcome: "refused", reason: "expired-code", secretVersion: 1 };
    const value = [{ status: "FAILED", transactionMetadata: JSON.stringify(details) }];
    const answer = { commands: [{ type: "com.okta.telephony.action", value }] };
    response.writeHead(accepted ? 200 : 401, { "content-type": "application/json" });
    response.end(JSON.stringify(accepted ? answer : { error: { errorSummary: "No" } }));
  });
  await once(app.listen(0, "127.0.0.1"), "listening");
  hookUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}/api/okta/telephony`;
  project.write("stand-in/azure/hook-url", `${hookUrl}\n`);
});
afterAll(() => {
  app.closeAllConnections();
  app.close();
});

async function startOrg(): Promise<void> {
  org = await startOktaOrg({
    apiToken: adminToken,
    app: { clientId: "0oa1", scopes, publicKey: publicKey.export({ format: "jwk" }) },
  });
}
const inOkta = () => ({
  ...answers,
  "Okta org": org.url,
  "Client id of the service app": "0oa1",
  "private key": "../home/okta-key.json",
  "Is that your hook?": "y",
  "Make these changes in Okta?": "y",
});

describe("with the key of a service app", () => {
  beforeAll(startOrg);
  afterEach(() => {
    expectAtMostOneActive(org);
  });
  afterAll(() => org.close());
  let first: SetupRun;

  test("setup writes okta.json, and prints what to type in Okta if the person does not agree to changes", async () => {
    first = await project.setup(["dev"], { ...inOkta(), "Make these changes in Okta?": ["", "n"] });
    expect([first.status, org.hooks.all()]).toEqual([0, []]);
    expect(first.screen).toContain("Inline Hooks, Add Inline Hook");
    expect(JSON.parse(project.git("show", "origin/main:environments/dev/okta.json"))).toMatchObject(
      { org: org.url, clientId: "0oa1", hook: { url: hookUrl } },
    );
  });

  test("setup creates the hook and the event hook with a secret for each, and verifies both", async () => {
    const events = { name: "8x8 outcomes", url: hookUrl.replace("telephony", "events") };
    const state = JSON.parse(project.read(stateFile)) as object;
    const wanted = Object.assign(state, { events: Object.assign(events, { filter: true }) });
    project.write(stateFile, JSON.stringify(wanted, null, 2));
    // The first run generated the hook secret, so this run must ask for the secret.
    const { status, screen } = await project.setup(["dev"], {
      ...inOkta(),
      "Hook secret": ["not-the-hook-secret-but-as-long-as-one", secret()],
      "Event secret": eventSecret,
    });
    expect(screen).toMatch(
      /== Okta\nOrg .*\n~ telephony hook: create and activate[^]*http[^\n]* refuses this hook secret[^]*Done: event hook: create and activate[^]*Okta reached the hook[^]*\nDone\. Okta has the hook\./,
    );
    expect([status, org.hooks.active()?.name, org.eventHooks.all()]).toMatchObject([
      0,
      "8x8",
      [{ status: "ACTIVE", verificationStatus: "VERIFIED" }],
    ]);
    expect(screen).not.toContain("Inline Hooks, Add Inline Hook");
    // Only the first run has shown the hook secret, and only once.
    expect((first.screen + screen).split(secret())).toHaveLength(2);
    expect(screen).not.toContain(eventSecret);
  });

  test("setup stops if the hook's URL or header contains a shell command, and does not run the command", async () => {
    const command = "|;e touch executed #";
    project.write("stand-in/azure/hook-url", `${hookUrl}${command}\n`);
    const values = "project/environments/dev/main.bicepparam";
    const good = project.read(values);
    const header = `hookSettings = {\n  OKTA_AUTH_HEADER: 'x-hook${command}'`;
    project.write(values, good.replace("hookSettings = {", header));
    const { status, screen } = await project.setup(["dev"], inOkta());
    project.write("stand-in/azure/hook-url", `${hookUrl}\n`);
    project.write(values, good);
    expect([status, project.files("project").includes("executed")]).toEqual([1, false]);
    expect(screen).toMatch(/hook\.url: [^]*Stopped at: Okta's state\./);
    expect(screen).toMatch(/hook\.header: [^]*Stopped at: Okta's state\./);
    expect(screen).not.toContain("touch");
  });

  test("setup stops if the person does not confirm a host that would get secrets", async () => {
    project.write("stand-in/azure/hook-url", "https://func-octo.azurewebsites.net/api/x\n");
    const no = { ...answers, "Okta org": "-", "Is this yours?": "n" };
    const { status, screen, calls } = await project.setup(["dev"], no);
    project.write("stand-in/azure/hook-url", `${hookUrl}\n`);
    expect([status, screen]).toEqual([
      1,
      expect.stringContaining("come from: func-octo.azurewebsites.net. Is this yours?"),
    ]);
    expect(calls.filter((call) => call.includes("TRUSTED_HOSTS"))).toEqual([]);
  });
});

test("setup gives an administrator's token only to the command okta, and does not replace another active hook", async () => {
  await startOrg();
  const other = addHook(org, "other", "ACTIVE");
  const before = structuredClone(org.hooks.all());
  project.write(stateFile, undefined);
  const shell = `OKTA_API_TOKEN=${adminToken} bash`;
  const run = await project.setup(["dev"], inOkta(), undefined, shell);
  expect(run.screen).toMatch(
    new RegExp(`Another telephony hook is active: "other" \\(${other}[^]*`),
  );
  expect(run.screen).toMatch(
    /step 2\. Write the active hook into hookSettings in environments\/dev\/main\.bicepparam:\n {2}SECOND_HOOK_URL[^]*its last words are step 3\.\n$/,
  );
  expect([run.status, org.hooks.all()]).toEqual([0, before]);
  expect(run.screen + run.calls.join("\n")).not.toContain(adminToken);
  const commands = run.calls.filter((call) => call.startsWith("okta "));
  expect([commands.length > 0, run.environment.split(adminToken).length - 1]).toEqual([
    true,
    commands.length,
  ]);
  await org.close();
});

test("beside a second provider's hook, setup's last words activate the hook in a fresh terminal", async () => {
  await startOrg();
  addHook(org, "other", "ACTIVE");
  const values = "project/environments/dev/main.bicepparam";
  const before = project.read(values);
  const second = `SECOND_HOOK_URL: '${hookUrl}'\n  SECOND_HOOK_FIRST_FOR: 'all'`;
  project.write(values, before.replace("hookSettings = {", `hookSettings = {\n  ${second}`));
  const { status, screen } = await project.setup(["dev"], {
    ...inOkta(),
    "your other provider": "y",
    "Secret of the second hook": "the-secret-of-the-other-hook",
  });
  expect([status, org.hooks.active()?.name]).toEqual([0, "other"]);
  expect(screen).toMatch(
    /setup showed only once\. .* store a new one: .* seed-secrets kv-dev hook-secret\n$/,
  );
  const [, commands = ""] =
    /hook, run:\n([^]*)The command asks for the hook secret/.exec(screen) ?? [];
  const activate = commands
    .replaceAll("\r", "")
    .replace("npx --no okta-8x8-telephony", `${process.execPath} ${installed}/tools/command.js`);
  // The person types the secret, which the command needs if Okta has no hook of the app.
  const piped = `printf 'hook=%s\\n' '${secret()}' | ${activate.trimEnd().split("\n").at(-1)?.trim()} --yes`;
  const settings = activate.trimEnd().split("\n").slice(0, -1).join("\n");
  await promisify(exec)(`${settings}\n${piped}`, {
    cwd: project.path("project"),
    env: { PATH: process.env["PATH"] },
    shell: "/bin/bash",
    timeout: 60_000,
  });
  expect(org.hooks.active()?.name).toBe("8x8");
  await org.close();
});
