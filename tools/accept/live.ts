import { existsSync, readFileSync } from "node:fs";
import * as z from "zod";
import { parseJson } from "../../src/privacy/json.ts";
import { createApi } from "../okta/api.ts";
import { createOrg, type Org } from "../okta/org.ts";
import { createVaultReader } from "../okta/secrets.ts";
import type { SignIn } from "../okta/sign-in.ts";
import { howToFindAzure, local, readWantedState, type WantedState } from "../okta/wanted-state.ts";
import { isLoopback, isSafe } from "../../src/settings/environment/validators.ts";
import { unreached } from "../unreached.ts";
import { createAsk, openAzure, publicAzure, type Azure } from "./azure.ts";
import { NotShown } from "./check.ts";
import { environmentFolder } from "../environment-folder.ts";

export type Host = "app" | "8x8" | "okta" | "second hook";

export interface Request {
  readonly method?: "GET" | "POST";
  /** The body of a POST. Default: an empty object. */
  readonly body?: string;
  /** Whether the app gets the right hook secret or a wrong value. Default: no secret. */
  readonly secret?: "right" | "wrong" | undefined;
}

export interface Reply {
  readonly status: number;
  readonly text: string;
  /** Undefined if the body is not JSON. */
  readonly json: unknown;
  readonly ms: number;
}

export interface OwnRequest {
  readonly eventId: string;
  readonly at: Date;
  readonly outcome?: string | undefined;
  readonly reason?: string | undefined;
  readonly provider?: string | undefined;
  readonly transactionId?: string | undefined;
}

/** Each function rejects with a message for the operator if a system does not answer. */
export interface Live {
  readonly hook: { readonly url: string; readonly auth: "secret" | "token" };
  /** okta.json of the environment. Undefined if there is none. */
  readonly wanted: WantedState | undefined;
  readonly phone: string | undefined;
  readonly account: string | undefined;
  azure(): Promise<Azure>;
  org(): Promise<Org>;
  /** @param path A path at the host, or a whole URL. */
  call(host: Host, path: string, request?: Request): Promise<Reply>;
  /** How far the host's clock is ahead of this computer. Undefined without a Date header. */
  aheadMs(host: Host): number | undefined;
  /** Asks a person to sign in with a code. Returns false if the person did not sign in. */
  signIn(): Promise<boolean>;
  /** Requests of this run, oldest first. The app's log must contain these requests. */
  readonly own: OwnRequest[];
  /** HTTP statuses of this run's refused requests, whose events have no id. */
  readonly refused: number[];
  sleep(ms: number): Promise<void>;
}

export interface LiveOptions extends Pick<
  Live,
  "hook" | "wanted" | "phone" | "account" | "azure" | "signIn" | "sleep"
> {
  readonly signInToOkta: () => Promise<SignIn>;
  readonly header: string;
  readonly hookSecret: () => Promise<string>;
  readonly apiKey: () => Promise<string>;
  /** The URL of 8x8's SMS API, which the operator has confirmed. */
  readonly smsUrl: string;
}

/** Calls a system only when a check needs the system. */
export function openLive({ signInToOkta, header, smsUrl, ...options }: LiveOptions): Live {
  const { hook, wanted } = options;
  const ahead = new Map<Host, number>();
  const origins = { app: hook.url, "8x8": smsUrl, okta: wanted?.org, "second hook": undefined };

  async function secretFor(host: Host, secret: Request["secret"]): Promise<Record<string, string>> {
    if (host === "8x8") return { authorization: `Bearer ${await options.apiKey()}` };
    if (host !== "app" || secret === undefined) return {};
    if (secret === "wrong") return { [header]: "not-the-hook-secret-of-anybody" };
    if (hook.auth === "token")
      throw new NotShown("The hook uses tokens, and only Okta can get a token.");
    return { [header]: await options.hookSecret() };
  }

  return {
    ...options,
    own: [],
    refused: [],
    org: once(async () => createOrg(createApi(wanted?.org ?? "", await signInToOkta()))),
    async call(host, path, { method = "GET", body = "{}", secret } = {}) {
      const url = new URL(path, origins[host]);
      if (!isSafe(url)) throw new NotShown(`${nameOf[host]} has no https URL. Nothing was sent.`);
      const headers = await secretFor(host, secret);
      const sentAt = Date.now();
      const start = performance.now();
      const reply = await fetch(url, {
        method,
        headers: { accept: "application/json", "content-type": "application/json", ...headers },
        body: method === "GET" ? null : Buffer.from(body),
        redirect: "manual",
        signal: AbortSignal.timeout(30_000),
      }).catch(unreached(nameOf[host], url.href));
      const text = await reply.text().catch(unreached(nameOf[host], url.href));
      const ms = Math.round(performance.now() - start);
      // The header has whole seconds: https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1
      const date = Date.parse(reply.headers.get("date") ?? "") + 500;
      if (!Number.isNaN(date)) ahead.set(host, date - (sentAt + ms / 2));
      return { status: reply.status, text, json: parseJson(text), ms };
    },
    aheadMs: (host) => ahead.get(host),
  };
}

const nameOf: Readonly<Record<Host, string>> = {
  app: "The app",
  "8x8": "8x8",
  okta: "Okta",
  "second hook": "The second hook",
};

export function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}

async function credential() {
  // Azure's packages take a second to load, so load them only when they are needed.
  return (await import("../okta/vaults.ts")).createCredential();
}

interface Place {
  readonly environment: string;
  readonly group?: string | undefined;
}

export async function azureOf({ environment, group }: Place): Promise<Azure> {
  const ask = createAsk(await credential());
  if (environment === local) {
    const { ACCEPT_AZURE: stood = "" } = process.env;
    if (!URL.canParse(stood) || !isLoopback(new URL(stood)))
      throw new Error(`This terminal is not connected to a running app. ${howToFindAzure}`);
    return openAzure(local, ask, { manager: stood, logs: stood });
  }
  const file = `${environmentFolder(environment)}/azure.json`;
  const written: unknown = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const { resourceGroup } = z.object({ resourceGroup: z.string().optional() }).parse(written);
  return openAzure(group ?? resourceGroup ?? `rg-okta8x8-${environment}`, ask, publicAzure);
}

/** Without okta.json, the hook comes from the deployment, and no check calls Okta. */
export async function hookOf(environment: string, azure: Live["azure"]) {
  if (environment === local || existsSync(`${environmentFolder(environment)}/okta.json`)) {
    const wanted = readWantedState(environment);
    return { wanted, hook: wanted.hook };
  }
  const { hookUrl: url = "", settings } = await azure();
  const auth = settings["OKTA_HOOK_AUTH"] === "token" ? "token" : "secret";
  const header = settings["OKTA_AUTH_HEADER"] || "authorization";
  return { wanted: undefined, hook: { url, auth, header } as const };
}

/**
 * Reading the vault triggers the alert secret-read, so the vault comes last.
 * @param known gets each secret, to keep the secret out of the report.
 */
export function createSecrets(
  azure: Live["azure"],
  known: string[],
  askPerson: (variable: string) => Promise<string>,
) {
  async function fromVault(variable: string, name: string): Promise<string> {
    const { vaultName = "" } = await azure();
    return (await createVaultReader(vaultName))(variable, name);
  }
  return async (variable: string, name: string): Promise<string> => {
    const own = process.env[variable] || (await askPerson(variable));
    const value = own || (await fromVault(variable, name));
    // Allow spaces inside the value, because a hook secret can begin with a scheme such as `Basic`.
    if (!/^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/.test(value))
      throw new NotShown(
        `${variable} is empty or invalid. Use ASCII characters, without a space at either end.`,
      );
    known.push(value);
    return value;
  };
}
