import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FakeAzure } from "../../sandbox/azure.ts";
import { startOktaOrg } from "../../sandbox/okta/management/org.ts";
import { quote } from "../phone/curl.ts";

export interface LocalOrg {
  /** What to paste into another terminal, so that `npm run okta -- … --env local` finds this org and the vault. */
  readonly words: string;
  close(): Promise<void>;
}

/** As local/okta.json has it. */
const clientId = "0oaLaptop";
const scopesOf = (name: string) => [`okta.${name}.read`, `okta.${name}.manage`];
const scopes = ["inlineHooks", "eventHooks", "authenticators", "policies", "customTelephonyProvider", "logs"].flatMap(
  scopesOf,
);

/** An org of Okta's beside the sandbox, whose service app has a key that was made for this run. */
export async function startLocalOrg(port: string, azure: FakeAzure | undefined, accountId: string): Promise<LocalOrg> {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const app = { clientId, scopes, publicKey: publicKey.export({ format: "jwk" }) };
  const org = await startOktaOrg({ port: Number(port), app });
  const folder = await mkdtemp(join(tmpdir(), "okta-org-"));
  const keyFile = join(folder, "key.json");
  await writeFile(keyFile, JSON.stringify(privateKey.export({ format: "jwk" })), { mode: 0o600 });
  const exported = Object.entries({ OKTA_PRIVATE_KEY_FILE: keyFile, ...azureEnv(azure, accountId) });
  const file = join(folder, "env");
  await writeFile(file, exported.map(([name, value]) => `export ${name}=${quote(value)}\n`).join(""), { mode: 0o600 });
  return {
    words: `An org of Okta's: ${org.url}   (npm run okta -- plan --env local, after the next line; docs/okta-as-code.md)\n\nsource ${file}\n${azure === undefined ? "" : accepting(file)}`,
    async close() {
      await org.close();
      await rm(folder, { recursive: true });
    },
  };
}

const accepting = (file: string) => `
All that was never tried live, tried here (docs/live.md):

(source ${file} && npm run okta -- apply --env local --vault kv-test --yes; npm run accept -- local)
`;

/** How a process finds the stand-ins for Azure, and the account of the one for 8x8. */
function azureEnv(azure: FakeAzure | undefined, accountId: string): Record<string, string> {
  const names = [
    "HTTPS_PROXY",
    "NO_PROXY",
    "NODE_EXTRA_CA_CERTS",
    "IDENTITY_ENDPOINT",
    "IDENTITY_HEADER",
    "AZURE_CLIENT_ID",
  ];
  if (azure === undefined) return {};
  const forVault = Object.fromEntries<string>(names.map((name) => [name, azure.env[name] ?? ""]));
  return { ...forVault, ACCEPT_AZURE: azure.manager.url, EIGHT_BY_EIGHT_ACCOUNT: accountId };
}
