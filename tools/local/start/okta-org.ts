import { generateKeyPairSync, randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { FakeAzure } from "../../sandbox/azure.ts";
import { startOktaOrg } from "../../sandbox/okta/management/org.ts";
import type { HookBody } from "../../sandbox/okta/management/schemas.ts";
import { stateVariable, type WantedState } from "../../okta/wanted-state.ts";
import { quote } from "../phone/quote.ts";
import { scopesOfCommands } from "../../okta/sign-in-from-environment.ts";
import { folderOf } from "../../running-app.ts";

export interface LocalOrg {
  readonly url: string;
  /** Shell file that lets `okta … --env local` find this org, the app and the vault. */
  readonly envFile: string;
  close(): Promise<void>;
}

const clientId = "0oaLaptop";

export interface OrgOptions {
  readonly port: string;
  readonly azure: FakeAzure | undefined;
  readonly appUrl: string;
  readonly authHeader: string;
  /** URL of another provider's hook to activate in the org, if there is one. */
  readonly other: string | undefined;
}

/** Starts the simulated Okta org. Each run creates a new key for the org's service app. */
export async function startLocalOrg({
  port,
  azure,
  appUrl,
  authHeader,
  other,
}: OrgOptions): Promise<LocalOrg> {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const app = {
    clientId,
    scopes: scopesOfCommands,
    publicKey: publicKey.export({ format: "jwk" }),
  };
  const org = await startOktaOrg({ port: Number(port), app });
  if (other !== undefined) org.hooks.add(hookAt(other), "ACTIVE");
  const files = { key: "key.json", state: "okta.json", env: "env" };
  const pathOf = (name: keyof typeof files) => `${folderOf(appUrl)}/${files[name]}`;
  const write = (name: keyof typeof files, text: string) =>
    writeFile(pathOf(name), text, { mode: 0o600 });
  const exported = Object.entries({
    OKTA_PRIVATE_KEY_FILE: resolve(pathOf("key")),
    [stateVariable]: resolve(pathOf("state")),
    ...azureEnv(azure),
  });
  await write("key", JSON.stringify(privateKey.export({ format: "jwk" })));
  await write("state", JSON.stringify(wantedState(org.url, appUrl, authHeader), null, 2));
  await write("env", exported.map(([name, value]) => `export ${name}=${quote(value)}\n`).join(""));
  return { url: org.url, envFile: pathOf("env"), close: () => org.close() };
}

function hookAt(uri: string): HookBody {
  const authScheme = { type: "HEADER" as const, key: "authorization", value: randomUUID() };
  const config = { uri, headers: [], authScheme };
  const channel = { type: "HTTP" as const, version: "1.0.0" as const, config };
  return { name: "other provider", version: "1.0.0", channel };
}

function wantedState(org: string, appUrl: string, header: string): WantedState {
  return {
    org,
    clientId,
    hook: { name: "8x8", url: `${appUrl}/api/okta/telephony`, auth: "secret", header },
    events: { name: "8x8 outcomes", url: `${appUrl}/api/okta/events`, filter: true },
  };
}

function azureEnv(azure: FakeAzure | undefined): Record<string, string> {
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
  return { ...forVault, ACCEPT_AZURE: azure.manager.url };
}
