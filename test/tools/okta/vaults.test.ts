import type { FakeAzure } from "../../../tools/sandbox/azure.ts";
import { createCredential, createVaultSecret } from "../../../tools/okta/vaults.ts";
import { startAzureHere } from "../../app.ts";

const before = { ...process.env };
let azure: FakeAzure;
beforeEach(async () => {
  azure = await startAzureHere();
  Object.assign(process.env, azure.env);
});
afterEach(async () => {
  process.env = before;
  await azure.close();
});

test("a rotated secret expires after 180 days", async () => {
  const [vault = ""] = new URL(azure.vault.url).host.split(".");
  await createVaultSecret(vault, "okta-hook-secret", createCredential()).add("a new secret");
  const [{ value, expires } = {}] = azure.vault.versions("okta-hook-secret");
  const days = ((expires?.getTime() ?? 0) - Date.now()) / 86_400_000;
  expect([value, days]).toEqual(["a new secret", expect.closeTo(180, 1)]);
});
