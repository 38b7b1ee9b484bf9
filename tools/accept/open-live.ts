import type { TokenCredential } from "@azure/identity";
import type { Channel } from "../../src/rules/channels.ts";
import { send } from "../hook/send.ts";
import { createApi } from "../okta/api.ts";
import { liveCode } from "../okta/expired-code.ts";
import { createOrg } from "../okta/org.ts";
import { voiceProfiles } from "../../src/settings/environment/8x8.ts";
import { secretList } from "../../src/settings/secret-list.ts";
import type { SignIn } from "../okta/sign-in.ts";
import { Difference, NotSetUp } from "./finding.ts";
import { settingOf, smsUrlOf, voiceUrlOf } from "./destinations.ts";
import { createEightByEight } from "./eight-by-eight.ts";
import { createLeftovers } from "./leftovers.ts";
import { unreached } from "../unreached.ts";
import type { Deployment } from "./azure.ts";
import type { Live, SentCode } from "./live.ts";

export interface LiveOptions extends Pick<
  Live,
  "wanted" | "asked" | "force" | "patienceMs" | "pauseMs" | "azure" | "extraScopes" | "person"
> {
  /** Asks for a secret without echo. Undefined if no person can be asked. */
  readonly ask?: ((what: string) => Promise<string>) | undefined;
  /** The sign-in to the vault. */
  readonly credential: () => Promise<TokenCredential>;
  readonly signIn: () => Promise<SignIn>;
  readonly leftovers?: Live["leftovers"];
  readonly phone: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Called with each secret that is read. */
  readonly onSecret?: (secret: string) => void;
}

export function openLive(options: LiveOptions): Live {
  const { wanted, phone, env, azure, credential, onSecret } = options;
  const { url, auth } = wanted.hook;
  const header = auth === "secret" ? wanted.hook.header : "authorization";
  const app = new URL(url).origin;
  const codes = new Map<Channel, Promise<SentCode>>();
  /**
   * Takes a secret from the environment, else from the person, else from the vault. An alert
   * reports a read of the vault.
   */
  async function secret(variable: string, name: string): Promise<string> {
    const given =
      env[variable] || (await options.ask?.(`${variable}, or Enter to read it from the vault`));
    const vault = given ? undefined : (await azure()).deployment.outputs["vaultName"];
    // Azure's packages take a second to load.
    const { createVaultSecret } = await import("../okta/vaults.ts");
    const stored =
      typeof vault === "string" ? createVaultSecret(vault, name, await credential()) : undefined;
    const [newest] = (await stored?.liveVersions()) ?? [];
    const value = given || (newest && (await stored?.value(newest.id)));
    if (!value) throw new NotSetUp(`Set ${variable}. The vault has no secret ${name}.`);
    onSecret?.(value);
    if (/[\r\n]/.test(value))
      throw new Difference(
        `${variable} contains a line break.`,
        "it was pasted, or read from a file, with a line break.",
      );
    return value;
  }
  const hookSecret = once(() => secret("OKTA_HOOK_SECRET", secretList.hookSecret.name));

  const live: Live = {
    ...options,
    leftovers: options.leftovers ?? createLeftovers(),
    eventSecret: () => secret("OKTA_EVENT_SECRET", secretList.oktaEventSecret.name),
    org: once(async () => createOrg(createApi(wanted.org, await options.signIn()))),
    eightByEight: once(async () => {
      const { deployment } = await azure();
      return createEightByEight({
        url: smsUrlOf(deployment, env),
        subAccount: settingOf("EIGHT_BY_EIGHT_SMS_SUBACCOUNT", deployment, env) ?? "",
        account: env["EIGHT_BY_EIGHT_ACCOUNT"],
        voice: voiceOf(deployment, env),
        key: await secret("EIGHT_BY_EIGHT_API_KEY", secretList.apiKey.name),
        phone,
      });
    }),
    async hook(body, given) {
      if (given === undefined && auth === "token")
        throw new NotSetUp("The hook uses tokens, which only Okta gets.");
      const sent = await send(JSON.stringify(body), {
        url: new URL(url),
        secret: given ?? (await hookSecret()),
        header,
      });
      if (sent.judged === undefined && sent.why === "no connection")
        unreached("The app", url)({ code: sent.code });
      return sent;
    },
    async ask(method, path, body, withSecret = false) {
      const answer = await fetch(app + path, {
        method,
        headers: {
          "content-type": "application/json",
          ...(withSecret && { [header]: await hookSecret() }),
        },
        body: body === undefined ? null : Buffer.from(body),
        redirect: "manual",
        signal: AbortSignal.timeout(30_000),
      }).catch(unreached("The app", app));
      return { status: answer.status, text: await answer.text() };
    },
    async code(channel) {
      if (phone === undefined) throw new Error("Add --phone with your number.");
      const at = new Date();
      const sent =
        codes.get(channel) ??
        live.hook(liveCode(phone, channel)).then((answer) => ({ sent: answer, at }));
      codes.set(channel, sent);
      return sent;
    },
  };
  return live;
}

function voiceOf(deployment: Deployment, env: LiveOptions["env"]) {
  const url = voiceUrlOf(deployment, env);
  const subAccount = settingOf("EIGHT_BY_EIGHT_VOICE_SUBACCOUNT", deployment, env);
  if (url === undefined || subAccount === undefined) return undefined;
  const profiles = settingOf("EIGHT_BY_EIGHT_VOICE_PROFILES", deployment, env);
  const voices = voiceProfiles.parse(profiles ?? "{}").values();
  return { url, subAccount, voices: [...new Set(voices)] };
}

/** Returns a function that calls `make` only the first time. */
export function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}
