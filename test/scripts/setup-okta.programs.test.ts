import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { startOktaOrg, type OktaOrg } from "../../tools/sandbox/okta/management/org.ts";
import { addHook, expectAtMostOneActive } from "../tools/okta/hooks-in-org.ts";
import { scopes } from "../tools/okta/running-okta.ts";
import { answers, createSetupProject, type SetupProject } from "./setup-project.ts";

const eventSecret = "the-event-secret-of-the-tests";
let project: SetupProject;
let org: OktaOrg;
let app: Server;
let inOkta: Record<string, string>;

beforeEach(async () => {
  project = createSetupProject();
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  org = await startOktaOrg({
    apiToken: "an-administrators-token",
    app: { clientId: "0oa1", scopes, publicKey: publicKey.export({ format: "jwk" }) },
  });
  project.write("home/okta-key.json", JSON.stringify(privateKey.export({ format: "jwk" })));
  // This stand-in for the app accepts the secret that setup stored in the vault.
  app = createServer((request, response) => {
    const challenge = request.headers["x-okta-verification-challenge"];
    if (challenge !== undefined && request.headers.authorization === eventSecret) {
      response.end(JSON.stringify({ verification: challenge }));
      return;
    }
    const accepted = request.headers.authorization === project.secret("dev", "okta-hook-secret");
    const details = { outcome: "refused", reason: "expired-code", secretVersion: 1 };
    const value = [{ status: "FAILED", transactionMetadata: JSON.stringify(details) }];
    const answer = { commands: [{ type: "com.okta.telephony.action", value }] };
    response.writeHead(accepted ? 200 : 401, { "content-type": "application/json" });
    response.end(JSON.stringify(accepted ? answer : { error: { errorSummary: "No" } }));
  });
  await once(app.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(app.address() as AddressInfo).port}/api/okta/telephony`;
  project.write("stand-in/azure/hook-url", `${url}\n`);
  inOkta = {
    ...answers,
    "Okta org": org.url,
    "Client id of the service app": "0oa1",
    "private key": "../home/okta-key.json",
    "Is that your hook?": "y",
    "Make these changes in Okta?": "y",
  };
});
afterEach(async () => {
  expectAtMostOneActive(org);
  await org.close();
  app.closeAllConnections();
  app.close();
});

const secret = () => project.secret("dev", "okta-hook-secret");

test("setup creates and verifies the hook with consent, or prints the values", async () => {
  const no = await project.setup(["dev"], { ...inOkta, "Make these changes in Okta?": ["", "n"] });
  expect([no.status, org.hooks.all()]).toEqual([0, []]);
  expect(no.screen).toContain("Inline Hooks, Add Inline Hook");
  expect(
    JSON.parse(project.git("show", "origin/main:infra/environments/dev/okta.json")),
  ).toMatchObject({
    org: org.url,
    clientId: "0oa1",
    hook: { url: project.read("stand-in/azure/hook-url").trim() },
  });

  // This run did not generate the hook secret, so it asks for it.
  const typed = ["not-the-hook-secret-but-as-long-as-one", secret()];
  const yes = await project.setup(["dev"], { ...inOkta, "Hook secret": typed });
  expect(yes.screen).toMatch(
    /== Okta\nOrg .*\n~ telephony hook: create and activate[^]*http[^\n]* refuses this hook secret[^]*Okta reached the hook[^]*\nDone\. Okta has the hook\./,
  );
  expect([yes.status, org.hooks.active()?.name]).toEqual([0, "8x8"]);
  expect(yes.screen).not.toContain("Inline Hooks, Add Inline Hook");
  // Setup itself shows the secret once.
  expect((no.screen + yes.screen).split(secret())).toHaveLength(2);

  const again = await project.setup(["dev"], inOkta);
  expect([again.status, again.screen]).toEqual([
    0,
    expect.stringMatching(/Done before: Okta matches[^]*Okta reached the hook/),
  ]);
  expect(again.screen).toContain(
    `Okta org (optional; leave it empty to set up Okta by hand) [${org.url}]: `,
  );
});

test("setup stops at an invalid URL or header, and runs no command in it", async () => {
  const ran = () => project.files("project").includes("executed");
  const command = "|;e touch executed #";
  const hookUrl = project.read("stand-in/azure/hook-url").trim();
  project.write("stand-in/azure/hook-url", `${hookUrl}${command}\n`);
  const url = await project.setup(["dev"], inOkta);
  expect([url.status, ran()]).toEqual([1, false]);
  expect(url.screen).toMatch(/hook\.url: .*\n[^]*Stopped at: Okta's state\./);
  expect(url.screen).not.toContain("touch");

  project.write("stand-in/azure/hook-url", `${hookUrl}\n`);
  const values = "project/infra/environments/dev/main.bicepparam";
  const named = project
    .read(values)
    .replace("hookSettings = {", `hookSettings = {\n  OKTA_AUTH_HEADER: 'x-hook${command}'`);
  project.write(values, named);
  const header = await project.setup(["dev"], inOkta);
  expect([header.status, ran()]).toEqual([1, false]);
  expect(header.screen).toMatch(/hook\.header: .*\n[^]*Stopped at: Okta's state\./);
});

test("setup gives an administrator's token only to npm run okta, never switches, and ends with the command", async () => {
  const other = addHook(org, "other", "ACTIVE");
  const before = structuredClone(org.hooks.all());
  const token = "an-administrators-token";
  const run = await project.setup(["dev"], inOkta, undefined, `OKTA_API_TOKEN=${token} bash`);
  expect(run.screen).toMatch(
    new RegExp(`Another telephony hook is active: "other" \\(${other}[^]*Authentication secret `),
  );
  expect(run.screen).toMatch(/run:\n {2}npm run okta -- activate --env dev\n$/);
  expect([run.status, org.hooks.all()]).toEqual([0, before]);
  expect(run.screen + run.calls.join("\n")).not.toContain(token);
  const commands = run.calls.filter((call) => call.startsWith("npm run --silent okta"));
  expect([commands.length > 0, run.environment.split(token).length - 1]).toEqual([
    true,
    commands.length,
  ]);
});

test("setup creates the hook and the event hook, with a secret for each", async () => {
  await project.setup(["dev"], { ...inOkta, "Make these changes in Okta?": "n" });
  const file = "project/infra/environments/dev/okta.json";
  const state = JSON.parse(project.read(file)) as { hook: { url: string } };
  const url = state.hook.url.replace("telephony", "events");
  const events = { name: "8x8 outcomes", url, filter: true };
  project.write(file, JSON.stringify({ ...state, events }));
  const typed = { "Hook secret": secret(), "Event secret": eventSecret };
  const run = await project.setup(["dev"], { ...inOkta, ...typed });
  expect([run.status, run.screen]).toEqual([
    0,
    expect.stringMatching(/Done: event hook: create and activate[^]*Okta reached the hook/),
  ]);
  expect([org.hooks.active()?.name, org.eventHooks.all()]).toMatchObject([
    "8x8",
    [{ status: "ACTIVE", verificationStatus: "VERIFIED" }],
  ]);
  expect(run.screen).not.toContain(eventSecret);
});

test("setup sets TRUSTED_HOSTS to the confirmed hosts, and asks again only about new ones", async () => {
  const url = "https://func-octo.azurewebsites.net/api/okta/telephony";
  project.write("stand-in/azure/hook-url", `${url}\n`);
  const question = "Secrets, codes and events go to func-octo.azurewebsites.net. Is this yours?";
  const withoutOkta = { ...answers, "Okta org": "" };
  const no = await project.setup(["dev"], { ...withoutOkta, "Is this yours?": "n" });
  expect([no.status, no.screen]).toEqual([1, expect.stringContaining(question)]);
  const yes = await project.setup(["dev"], withoutOkta);
  const set = (environment: string) =>
    `gh variable set TRUSTED_HOSTS --repo octo-org/telephony --env ${environment} --body func-octo.azurewebsites.net`;
  expect([yes.status, yes.calls]).toEqual([
    0,
    expect.arrayContaining([set("dev"), set("preview-dev")]),
  ]);
  const again = await project.setup(["dev"], withoutOkta);
  expect([again.status, again.screen.includes(question)]).toEqual([0, false]);
});
