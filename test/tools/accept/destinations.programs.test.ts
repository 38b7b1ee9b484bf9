import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkDestinations } from "../../../tools/accept/destinations.ts";
import { startAzure, type FakeAzure } from "../../../tools/sandbox/azure.ts";
import { typeAnswers } from "../../scripts/terminal.ts";

let azure: FakeAzure;
let folder: string;
beforeEach(async () => {
  azure = await startAzure();
  folder = mkdtempSync(join(tmpdir(), "accept-"));
  want("test");
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await azure.close();
});

const app = "func-octo.azurewebsites.net";
const org = "acme.okta.com";

function want(environment: string, changes: { org?: string; url?: string } = {}) {
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

test("the run sends the secrets to the shown hosts after a yes", async () => {
  const { reached } = await accept("test", { "Go on?": "y" });
  expect(reached.toSorted()).toEqual([org, app].toSorted());
});

test("--yes sends nothing until --host names the app's host", async () => {
  const { status, screen, reached } = await accept("test --yes --host another.azurewebsites.net");
  expect([status, reached]).toEqual([2, []]);
  expect(screen).toContain(`Nothing was sent: The hook secret would go to ${app}.`);
});

test("--yes sends the secrets if --host names every host", async () => {
  expect((await accept(`test --yes --host ${app}`)).reached.toSorted()).toEqual(
    [org, app].toSorted(),
  );
});

test("a run on a laptop does not send 8x8's key to a URL from the deployment", async () => {
  want("local", { org: "http://127.0.0.1:9", url: "http://127.0.0.1:9/api/okta/telephony" });
  azure.manager.group.parameters["hookSettings"] = {
    EIGHT_BY_EIGHT_SMS_URL: "http://sms.acme.test",
  };
  const state = join(folder, "infra/environments/local/okta.json");
  const { status, screen, reached } = await accept("local", {}, { LOCAL_OKTA_STATE: state });
  expect([status, reached]).toEqual([2, []]);
  expect(screen).toContain("Nothing was sent: the URL for 8x8's key is not https");
});

describe("a secret is not sent", () => {
  const byPerson = { onLaptop: false, yes: false, hosts: [] };
  const byOption = { onLaptop: false, yes: true, hosts: [app] };
  const onLaptop = { onLaptop: true, yes: true, hosts: [] };

  test.each([
    ["over plain http", "http://app.acme.test", byPerson],
    ["to a URL with a user in it", "https://user@app.acme.test", byPerson],
    ["to an org at its own domain that --host does not name", "https://login.acme.test", byOption],
    ["to another host than the one that --host names", "https://func-two.acme.test", byOption],
    ["from a laptop's run to another machine", "https://app.acme.test", onLaptop],
  ])("%s", (_, url, options) => {
    const check = () => {
      checkDestinations([{ secret: "The hook secret", url }], options);
    };
    expect(check).toThrow("Nothing was sent");
  });
});
