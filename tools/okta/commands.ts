import { isLoopback } from "../../src/settings/environment/validators.ts";
import { secretList } from "../../src/settings/secret-list.ts";
import { activationOf, findHook } from "./activate.ts";
import { apply } from "./apply.ts";
import { createAudit } from "./audit.ts";
import { commandFor, describe, summaryOf } from "./describe-plan.ts";
import { describeDifference, hostOf } from "./differences.ts";
import { askUrl, isProof } from "./expired-code.ts";
import { hookDifferences } from "./hook-body.ts";
import type { InlineHook, Org } from "./org.ts";
import { isActive, ourHook } from "./ours.ts";
import { planOf, type Plan } from "./plan.ts";
import { confirm, type Input } from "./questions.ts";
import { rotate } from "./rotate.ts";
import { describeSecrets, readSecrets, type Secrets } from "./secrets.ts";
import { readJudgedLog } from "./system-log.ts";
import type { Command, Usage } from "./usage.ts";
import { confirmHook } from "./verify.ts";
import { waitAloud } from "./wait-aloud.ts";
import { laptop, type WantedState } from "./wanted-state.ts";

interface Work {
  readonly org: Org;
  readonly wanted: WantedState;
  readonly usage: Usage;
  readonly input: Input;
  readonly say: (text: string) => void;
  /** Throws if a host in okta.json may not get secrets or events. */
  readonly trustHosts: () => Promise<void>;
  readonly onChange: () => void;
}

export const commands: Readonly<Record<Command, (work: Work) => Promise<number>>> = {
  async plan({ org, wanted, usage, say }) {
    const plan = await planOf(org, wanted);
    say(describe(plan, usage.environment));
    const secrets = describeSecrets(plan);
    if (secrets !== "") say(secrets);
    return summaryOf(plan).length === 0 ? 0 : 2;
  },
  async apply(work) {
    const { org, wanted, usage, say } = work;
    const plan = await planOf(org, wanted, usage);
    await change(plan, work);
    if (plan.other === undefined) return 0;
    say(
      `Another telephony hook is active, so this app's telephony hook was not changed. To switch, run: ${commandFor("activate", usage.environment)}`,
    );
    return 2;
  },
  async activate(work) {
    const { org, wanted, usage } = work;
    const plan = await planOf(org, wanted, { ...usage, switches: true });
    const { hook } = usage;
    await change(hook === undefined ? plan : activationOf(findHook(plan.hooks, hook), plan), work);
    return 0;
  },
  async verify({ org, wanted, usage, say }) {
    const hook = await mustHave(org, wanted);
    suggestRotation(hook, wanted, usage, say);
    say(await confirmHook(org, hook.id));
    if (!isActive(hook))
      throw new Error(`The hook is inactive. Run: ${commandFor("activate", usage.environment)}`);
    return 0;
  },
  async audit({ org, wanted, say }) {
    const log = await readJudgedLog(org, new Date());
    const { findings, report } = createAudit(await planOf(org, wanted), log);
    say(report);
    return findings.length > 0 ? 2 : 0;
  },
  async rotate(work) {
    const { org, wanted, usage, say, onChange } = work;
    const { hook: wantedHook } = wanted;
    if (wantedHook.auth === "token") {
      say("The hook uses tokens, so there is no secret to rotate.");
      return 0;
    }
    const hook = await mustHave(org, wanted);
    const drift = hookDifferences(wantedHook, hook).map(describeDifference);
    if (drift.length > 0)
      throw new Error(`The hook differs from okta.json (${drift.join(", ")}). Run apply first.`);
    await work.trustHosts();
    await ask(`Create a new hook secret in ${usage.vaults.join(", ")} and Okta?`, work);
    const { createCredential, createVaultSecret } = await import("./vaults.ts");
    const credential = createCredential();
    await rotate({
      org,
      hook,
      wanted: wantedHook,
      vaults: usage.vaults.map((vault) =>
        createVaultSecret(vault, secretList.hookSecret.name, credential),
      ),
      oneInstance: isLoopback(new URL(wantedHook.url)),
      ask: (secret) => askUrl(wantedHook.url, wantedHook.header, secret),
      say,
      sleep: (ms) => waitAloud(ms, say),
      onChange,
    });
    return 0;
  },
};

async function change(plan: Plan, work: Work): Promise<void> {
  const { org, wanted, usage, input, say, onChange } = work;
  say(describe(plan, usage.environment));
  if (plan.blockers.length > 0)
    throw new Error("Nothing was changed. First resolve the lines marked with !.");
  let secrets: Secrets = {};
  if (plan.hook !== undefined || plan.events.length > 0) {
    if (!plan.leaves) await work.trustHosts();
    await ask("Make these changes?", work);
    secrets = await readSecrets(plan, usage.vaults[0], input);
    if (!usage.unproved) await proveFirst(wanted, secrets.hook);
  }
  onChange();
  const { environment } = usage;
  const before = plan.other ?? plan.ours;
  await apply(plan, { org, wanted, environment, secrets, say }).finally(() => {
    suggestRotation(before, wanted, usage, say);
  });
}

async function ask(question: string, { usage, input }: Work): Promise<void> {
  if (usage.yes || (await confirm(question, input))) return;
  throw new Error("Nothing was changed. To skip the question, add --yes.");
}

async function mustHave(org: Org, wanted: WantedState): Promise<InlineHook> {
  const hook = ourHook(wanted, await org.hooks());
  if (hook === undefined)
    throw new Error("The org has no telephony hook for this app. Run apply to create it.");
  return hook;
}

function suggestRotation(
  before: InlineHook | undefined,
  { hook }: WantedState,
  { environment }: Usage,
  say: Work["say"],
): void {
  const uri = before?.name === hook.name ? before.channel.config.uri : hook.url;
  if (environment !== laptop && hook.auth === "secret" && hostOf(uri) !== hostOf(hook.url))
    say(
      `Okta may have sent the hook secret to ${hostOf(uri)}. If that host is not yours, run: ${commandFor("rotate", environment)} --vault <name>`,
    );
}

/** Throws if the hook's URL rejects the secret. Call this function before Okta gets the secret. */
async function proveFirst({ hook }: WantedState, secret: string | undefined): Promise<void> {
  if (secret === undefined || hook.auth === "token") return;
  if (isProof(await askUrl(hook.url, hook.header, secret))) return;
  throw new Error(
    "Nothing was changed. The hook's URL did not accept a request with this secret. Check the URL and the secret. " +
      "If only Okta can call the URL, add --unproved.",
  );
}
