import { ManagedIdentityCredential } from "@azure/identity";
import { SecretClient } from "@azure/keyvault-secrets";

// Run as a process of its own: prints what the real SDKs make of the stand-ins for identity and vault.
const [name = ""] = process.argv.slice(2);
const retryOptions = { maxRetries: 1, retryDelayInMs: 50, maxRetryDelayInMs: 100 };
const credential = new ManagedIdentityCredential({ clientId: process.env["AZURE_CLIENT_ID"] ?? "", retryOptions });
const client = new SecretClient(process.env["KEY_VAULT_URL"] ?? "", credential, { retryOptions });

const attempt = async (read: () => Promise<unknown>): Promise<unknown> => {
  try {
    return await read();
  } catch (error) {
    const { name: kind, code, statusCode } = error as { name: string; code?: string; statusCode?: number };
    return { failed: code ?? kind, status: statusCode ?? null };
  }
};
const versions = await attempt(async () => {
  const found = [];
  for await (const { version = "", enabled, createdOn, expiresOn } of client.listPropertiesOfSecretVersions(name)) {
    const value = await attempt(async () => (await client.getSecret(name, { version })).value);
    found.push({ version, enabled, createdOn, expiresOn, value });
  }
  return found;
});
const latest = await attempt(async () => (await client.getSecret(name)).value);
process.stdout.write(JSON.stringify({ versions, latest }));
