import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startAzure } from "../../../tools/sandbox/azure.ts";
import { hookSecret, startApp, type App } from "../../app.ts";
import { typeAnswers } from "../../scripts/terminal.ts";
import { startOkta, type Okta } from "./running-okta.ts";
import { apiToken } from "./signed-in.ts";

let app: App;
let okta: Okta;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());
beforeEach(async () => {
  okta = await startOkta(`${app.url}/api/okta/telephony`);
});
afterEach(() => okta.stop());

const command = `${process.execPath} ${join(__dirname, "../../../tools/okta/main.ts")}`;

test("apply hides the typed secret, prints the plan and changes nothing without a yes", async () => {
  const env = { PATH: process.env["PATH"] ?? "", OKTA_API_TOKEN: apiToken };
  const no = await typeAnswers(
    `${command} apply --env test`,
    { "Hook secret": hookSecret, "Make these changes?": "n" },
    okta.folder,
    env,
  );
  expect([no.status, okta.org.hooks.all()]).toEqual([1, []]);
  const typed = { "Hook secret": hookSecret, "Make these changes?": "y" };
  const { status, screen } = await typeAnswers(
    `${command} apply --env test`,
    typed,
    okta.folder,
    env,
  );
  expect([status, screen]).toEqual([
    0,
    expect.stringMatching(
      /~ telephony hook: create[^]*Make these changes\?[^]*Done: telephony hook/,
    ),
  ]);
  expect(screen).not.toContain(hookSecret);
});

const ctrlC = "\x03";
test.each([
  { "Make these changes?": ctrlC },
  { "Make these changes?": "y", "Hook secret": ctrlC },
  { "Make these changes?": "y", "Hook secret": "a-secret-of-another-app" },
])("apply says that it changed nothing after the answers %j", async (typed) => {
  const env = { PATH: process.env["PATH"] ?? "", OKTA_API_TOKEN: apiToken };
  const { status, screen } = await typeAnswers(
    `${command} apply --env test`,
    typed,
    okta.folder,
    env,
  );
  expect([status, okta.org.hooks.all()]).toEqual([
    Object.values(typed).includes(ctrlC) ? 130 : 1,
    [],
  ]);
  expect(screen).toContain("Nothing was changed.");
});

test("apply reads the hook secret from a vault with the sign-in of az login", async () => {
  const azure = await startAzure();
  azure.vault.set("okta-hook-secret", [
    { value: "disabled-long-ago", enabled: false },
    { value: hookSecret },
  ]);
  const { endpoint, header, clientId } = azure.identity;
  const url = `${endpoint}?api-version=2019-08-01&resource=https://vault.azure.net&client_id=${clientId}`;
  const issued = (await (
    await fetch(url, { headers: { "x-identity-header": header } })
  ).json()) as object;
  const folder = mkdtempSync(join(tmpdir(), "az-"));
  const said = JSON.stringify({
    accessToken: (issued as { access_token: string }).access_token,
    expires_on: 4e9,
  });
  writeFileSync(join(folder, "az"), `#!/bin/sh\necho '${said}'\n`);
  chmodSync(join(folder, "az"), 0o755);
  const { HTTPS_PROXY, NO_PROXY, NODE_EXTRA_CA_CERTS } = azure.env;
  const env = {
    HTTPS_PROXY,
    NO_PROXY,
    NODE_EXTRA_CA_CERTS,
    PATH: `${folder}:${process.env["PATH"] ?? ""}`,
  };
  const applied = await okta.okta("apply --env test --vault kv-test --yes", {
    env: { ...(env as Record<string, string>), OKTA_API_TOKEN: apiToken },
  });
  expect(applied).toMatchObject({
    exitCode: 0,
    output: expect.stringContaining("Done: telephony hook") as string,
  });
  rmSync(folder, { recursive: true });
  await azure.close();
});
