import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startAzure, type FakeAzure } from "../../../tools/sandbox/azure.ts";
import { typeAnswers } from "../../scripts/terminal.ts";

let azure: FakeAzure;
let folder: string;
beforeEach(async () => {
  azure = await startAzure();
  folder = mkdtempSync(join(tmpdir(), "accept-"));
  want("test", {});
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await azure.close();
});

const app = "func-octo.azurewebsites.net";
const org = "acme.okta.com";

function want(environment: string, changes: { org?: string; url?: string }) {
  const file = join(folder, `infra/environments/${environment}/okta.json`);
  mkdirSync(join(file, ".."), { recursive: true });
  const state = {
    org: changes.org ?? `https://${org}`,
    clientId: "0oa1",
    hook: {
      name: "8x8",
      url: changes.url ?? `https://${app}/api/okta/telephony`,
      auth: "secret",
      header: "authorization",
    },
    phone: { sms: true, voice: false, allowedFor: "any" },
  };
  writeFileSync(file, JSON.stringify(state));
}

/**
 * Runs the command behind a proxy without targets. Returns its output and the hosts that it tried
 * to reach.
 */
async function accept(
  args: string,
  typed: Record<string, string> = {},
  more: Record<string, string> = {},
) {
  const env = {
    ...more,
    ...azure.env,
    NODE_USE_ENV_PROXY: "1",
    PATH: process.env["PATH"] ?? "",
    NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] ?? "",
    ACCEPT_AZURE: azure.manager.url,
    OKTA_API_TOKEN: "an-administrators-token",
    OKTA_HOOK_SECRET: "the-hook-secret-of-the-hour",
    EIGHT_BY_EIGHT_API_KEY: "the-8x8-key-of-the-hour",
  };
  const command = `${process.execPath} ${join(__dirname, "../../../tools/accept/main.ts")}`;
  const run = await typeAnswers(`${command} ${args}`, typed, folder, env);
  // Azure Resource Manager gets only a token for Azure.
  const reached = azure.proxy.refused.filter((host) => !host.startsWith("management.azure.com"));
  return { ...run, reached: [...new Set(reached)].map((host) => host.replace(/:443$/, "")) };
}

test("the run shows each host that gets a secret before it asks, and sends nothing without an answer", async () => {
  const { status, screen, reached, questions } = await accept("test");
  expect([status, reached, questions]).toEqual([2, [], ["Go on?"]]);
  const [shown = ""] = screen.split("Go on?");
  expect(shown).toContain(`The hook secret goes to ${app}.`);
  expect(shown).toContain(`Your sign-in at Okta goes to ${org}.`);
  expect(screen).toContain("No message is sent");
});

test("the run sends the secrets to those hosts after a yes", async () => {
  const { reached } = await accept("test", { "Go on?": "y" });
  expect(reached.toSorted()).toEqual([org, app].toSorted());
});

test.each([
  ["the app's host", "test --yes", {}],
  ["the app's host beside another", "test --yes --host another.azurewebsites.net", {}],
  ["an org at a host of its own", `test --yes --host ${app}`, { org: "https://login.acme.test" }],
])("--yes sends nothing until --host names %s", async (_, args, changes) => {
  want("test", changes);
  const { status, screen, reached } = await accept(args);
  expect([status, reached]).toEqual([2, []]);
  expect(screen).toContain("Nothing was sent");
});

test("--yes sends the secrets if --host names every host", async () => {
  expect((await accept(`test --yes --host ${app}`)).reached.toSorted()).toEqual(
    [org, app].toSorted(),
  );
});

test("a run against a laptop sends no secret to plain http or other machines, or to another 8x8 URL", async () => {
  const state = join(folder, "infra/environments/local/okta.json");
  const run = (url: string) => {
    want("local", { org: "http://127.0.0.1:9", url });
    return accept("local", {}, { LOCAL_OKTA_STATE: state });
  };
  const plain = await run("http://app.acme.test/api/okta/telephony");
  expect(plain.screen).toContain("hook.url: must be an https URL");
  const elsewhere = await run("https://app.acme.test/api/okta/telephony");
  azure.manager.group.parameters["hookSettings"] = {
    EIGHT_BY_EIGHT_SMS_URL: "http://sms.acme.test",
  };
  const key = await run("http://127.0.0.1:9/api/okta/telephony");
  expect([plain, elsewhere, key].map(({ status, reached }) => [status, reached])).toEqual(
    Array(3).fill([2, []]),
  );
  for (const { screen } of [elsewhere, key]) expect(screen).toContain("Nothing was sent");
});
