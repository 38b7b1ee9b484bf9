import { isLoopback } from "../../src/settings/environment/validators.ts";
import { secretList } from "../../src/settings/secret-list.ts";
import { activationOf, findHook } from "./activate.ts";
import { apply } from "./apply.ts";
import { createAudit, describeAudit } from "./audit.ts";
import { commandFor, describe } from "./describe-plan.ts";
import { describeDifference } from "./differences.ts";
import { askUrl, isProof } from "./expired-code.ts";
import { hookDifferences } from "./hook-body.ts";
import type { InlineHook, Org } from "./org.ts";
import { isActive, ourHook } from "./ours.ts";
import { planOf, type Plan } from "./plan.ts";
import { confirm, type Input } from "./questions.ts";
import { rotate } from "./rotate.ts";
import { describeSecrets, readSecrets, type Secrets } from "./secrets.ts";
import { readJudgedLog } from "./system-log.ts";
import { faultOfTokenEndpoint } from "./token-endpoint.ts";
import type { Command, Usage } from "./usage.ts";
import { confirmHook, sendLive } from "./verify.ts";
import { waitAloud } from "./wait-aloud.ts";
import type { WantedState } from "./wanted-state.ts";

interface Work {
  readonly org: Org;
  readonly wanted: WantedState;
  readonly usage: Usage;
  readonly input: Input;
  readonly say: (text: string) => void;
  /** Throws unless the hosts in okta.json may get secrets and events. */
  readonly trustHosts: () => Promise<void>;
}

/** The commands. Each returns its exit code. */
export const commands: Readonly<Record<Command, (work: Work) => Promise<number>>> = {
  async plan({ org, wanted, usage, say }) {
    const plan = await planOf(org, wanted);
    say(describe(plan, usage.environment));
    const { hook, events, other, blockers } = plan;
    const isSame = hook === undefined && other === undefined;
    if (describeSecrets(plan) !== "") say(describeSecrets(plan));
    return isSame && events.length === 0 && blockers.length === 0 ? 0 : 2;
  },
  async apply(work) {
    const { org, wanted, usage, say } = work;
    const plan = await planOf(org, wanted, usage);
    await change(plan, work);
    if (plan.other === undefined) return 0;
    say(
      `Our telephony hook was left alone, because another one is active. To switch, run: ${commandFor("activate", usage.environment)}`,
    );
    return 2;
  },
  async activate(work) {
    const { org, wanted, usage, say } = work;
    const { environment, hook: nameOrId } = usage;
    const plan = await planOf(org, wanted, { ...usage, switches: true });
    if (nameOrId === undefined) {
      await change(plan, work);
      return 0;
    }
    const hooks = await org.hooks();
    const target = findHook(hooks, nameOrId);
    const { lines, run } = activationOf(target, plan, { org, hooks, environment, say });
    say([`Org ${wanted.org}`, ...lines].join("\n"));
    await ask("Make these changes?", work);
    await run();
    return 0;
  },
  async verify({ org, wanted, usage, say }) {
    const hook = await mustHave(org, wanted);
    if (usage.send === undefined) say(await confirmHook(org, hook.id));
    else {
      const sent = await sendLive(org, hook.id, usage.send, usage.channel);
      if (!sent.proved) throw new Error(sent.words);
      say(`8x8 accepted the ${usage.channel === "voice" ? "call" : "message"}.`);
    }
    if (!isActive(hook))
      throw new Error(`The hook is inactive. Run: ${commandFor("activate", usage.environment)}`);
    return 0;
  },
  async audit({ org, wanted, usage, say }) {
    const log = await readJudgedLog(org, new Date());
    const audit = createAudit(await planOf(org, wanted), log, usage.maxFallback);
    say(usage.json ? JSON.stringify(audit) : describeAudit(audit));
    return audit.findings.length > 0 ? 2 : 0;
  },
  async rotate(work) {
    const { org, wanted, usage, say } = work;
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
    const rotated = await rotate({
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
      now: Date.now,
    });
    if (!rotated.rotated) throw new Error(rotated.words);
    say(
      "Rotated. Okta uses the newest version. The previous version stays valid until the next rotation.",
    );
    return 0;
  },
};

/** Shows the plan, asks, reads the secrets, checks them at the URL, and makes the changes. */
async function change(plan: Plan, work: Work): Promise<void> {
  const { org, wanted, usage, input, say } = work;
  say(describe(plan, usage.environment));
  if (plan.blockers.length > 0)
    throw new Error("Nothing was changed. First resolve the lines marked with !.");
  let secrets: Secrets = { hook: undefined, events: undefined };
  if (plan.hook !== undefined || plan.events.length > 0) {
    await work.trustHosts();
    await ask("Make these changes?", work);
    secrets = await readSecrets(plan, usage.vaults[0], input);
    if (!usage.unproved) await proveFirst(plan, secrets);
  }
  const { environment } = usage;
  await apply(plan, { org, wanted, environment, secrets, say });
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

/**
 * Checks, before Okta gets the secret, that the hook's URL accepts it. For tokens, checks the token
 * endpoint.
 */
async function proveFirst({ hook: change, wanted }: Plan, secrets: Secrets): Promise<void> {
  const { hook } = wanted;
  if (
    secrets.hook !== undefined &&
    hook.auth === "secret" &&
    !isProof(await askUrl(hook.url, hook.header, secrets.hook))
  )
    throw new Error(
      "Nothing was changed. The hook's URL did not accept a request with this secret. Check the URL and the secret. " +
        "If only Okta can call the URL, add --unproved.",
    );
  if (hook.auth !== "token" || change === undefined) return;
  const fault = await faultOfTokenEndpoint(hook);
  if (fault !== undefined) throw new Error(`Nothing was changed. ${fault}`);
}
