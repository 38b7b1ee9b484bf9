import { hookSecretNow, settingsInAzure, type Secrets } from "../../../local/start/secrets.ts";
import { startAzure, type FakeAzure } from "../../../sandbox/azure.ts";

const secrets: Secrets = {
  OKTA_HOOK_SECRET: "first",
  OKTA_EVENT_SECRET: "event",
  RECEIPT_SECRET: "receipt",
  EIGHT_BY_EIGHT_API_KEY: "key",
};
const env = { OKTA_HOOK_SECRET_NAME: "hook-of-a-laptop" };
let azure: FakeAzure;
beforeAll(async () => {
  azure = await startAzure();
});
afterAll(() => azure.close());

test("after each rotation the page sends a secret that the app takes before and after it reads the vault again", () => {
  settingsInAzure(azure, secrets, env);
  const sent = [hookSecretNow(azure, secrets, env)];
  for (const value of ["second", "third", "fourth"]) {
    azure.vault.add(env.OKTA_HOOK_SECRET_NAME, { value });
    sent.push(hookSecretNow(azure, secrets, env));
  }
  expect(sent).toEqual(["first", "first", "second", "third"]);
});

test("without a vault it is the secret of this run", () => {
  expect(hookSecretNow(undefined, secrets, {})).toBe("first");
});
