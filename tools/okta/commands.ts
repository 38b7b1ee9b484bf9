import { setTimeout as sleep } from "node:timers/promises";
import { isLoopback } from "../../src/settings/environment/validators.ts";
import { apply } from "./apply.ts";
import { createAudit, describeAudit } from "./audit.ts";
import { askUrl, isProof } from "./expired-code.ts";
import { hookDifferences } from "./hook-body.ts";
import { isHookChange } from "./hook-change.ts";
import type { InlineHook, Org } from "./org.ts";
import { describe } from "./describe-plan.ts";
import { forgetBefore, readBefore, rememberBefore } from "./state-before-laptop.ts";
import { createPlan, look, ourHook, type Plan } from "./plan.ts";
import { confirm, type Input } from "./questions.ts";
import { stepsBack } from "./restore.ts";
import { rotate } from "./rotate.ts";
import { secretList } from "../../src/settings/secret-list.ts";
import { readSecrets, type Secrets } from "./secrets.ts";
import { readSystemLog } from "./system-log.ts";
import { faultOfTokenEndpoint } from "./token-endpoint.ts";
import type { Command, Usage } from "./usage.ts";
import { sendLive, verify, wordsOf } from "./verify.ts";
import { laptop, type WantedState } from "./wanted-state.ts";

interface Work {
  readonly org: Org;
  readonly wanted: WantedState;
  readonly usage: Usage;
  readonly input: Input;
  readonly say: (text: string) => void;
}

/** The commands. Each returns its exit code. */
export const commands: Readonly<Record<Command, (work: Work) => Promise<number>>> = {
  async plan({ org, wanted, usage, say }) {
    const plan = createPlan(wanted, await look(org, wanted), planOptions(usage));
    say(describe(plan));
    return plan.changes.length + plan.blockers.length > 0 ? 2 : 0;
  },
  async apply({ org, wanted, usage, input, say }) {
    const found = await look(org, wanted);
    const plan = createPlan(wanted, found, planOptions(usage));
    say(describe(plan));
    if (plan.blockers.length > 0)
      throw new Error("Nothing was changed. First resolve the lines marked with !.");
    if (plan.changes.length === 0) return 0;
    // Read the secrets before the answer: both can come from standard input, in this order.
    const secrets = await readSecrets(plan, wanted, usage.vaults[0], input);
    if (!usage.yes && !(await confirm("Make these changes?", input)))
      throw new Error("Nothing was changed. To skip the question, add --yes.");
    if (!usage.unproved) await proveFirst(wanted, plan, secrets);
    if (usage.environment === laptop) rememberBefore(wanted, found);
    await apply(plan, { org, wanted, found, secrets, say, prove: (id) => verify(org, id) });
    return 0;
  },
  async restore({ org, wanted, usage, input, say }) {
    const steps = stepsBack(org, wanted, await look(org, wanted), readBefore(wanted.org));
    say([`Org ${wanted.org}`, ...steps.map(({ words }) => `~ ${words}`)].join("\n"));
    if (!usage.yes && steps.length > 0 && !(await confirm("Make these changes?", input)))
      throw new Error("Nothing was changed. To skip the question, add --yes.");
    for (const { words, run } of steps) {
      await run();
      say(`Done: ${words}`);
    }
    forgetBefore();
    say(
      "The org is restored. Everything that apply created is inactive, and you can delete it. A hook that another administrator activated since then stays active.",
    );
    return 0;
  },
  async verify({ org, wanted, usage, say }) {
    const hook = await mustHave(org, wanted);
    const verified = await (usage.send === undefined
      ? verify(org, hook.id)
      : sendLive(org, hook.id, usage.send, usage.channel));
    if (!verified.proved) throw new Error(verified.words);
    const version = verified.details.secretVersion;
    const uses =
      typeof version !== "number"
        ? ""
        : ` Okta uses version ${version} of the hook secret; 1 is the newest.`;
    say(
      usage.send === undefined
        ? `Okta reached the hook, and the app refused the expired code (${wordsOf(verified.details)}). No message was sent.${uses}`
        : `8x8 accepted the ${usage.channel === "voice" ? "call" : "message"}.`,
    );
    if (hook.status === "INACTIVE")
      throw new Error("The hook is inactive. Run apply to activate it.");
    return 0;
  },
  async audit({ org, wanted, usage, say }) {
    const until = new Date();
    const log = await readSystemLog(org, new Date(until.getTime() - usage.sinceMs), until);
    const audit = createAudit(wanted, await look(org, wanted), log, usage.maxFallback);
    say(usage.json ? JSON.stringify(audit) : describeAudit(audit));
    return audit.findings.length > 0 ? 2 : 0;
  },
  async rotate({ org, wanted, usage, input, say }) {
    const { hook: wantedHook } = wanted;
    if (wantedHook.auth === "token") {
      say("The hook uses tokens, so there is no secret to rotate.");
      return 0;
    }
    const hook = await mustHave(org, wanted);
    const drift = hookDifferences(wantedHook, hook);
    if (drift.length > 0)
      throw new Error(`The hook differs from okta.json (${drift.join(", ")}). Run apply first.`);
    if (
      !usage.yes &&
      !(await confirm(`Create a new hook secret in ${usage.vaults.join(", ")} and Okta?`, input))
    )
      throw new Error("Nothing was changed. To skip the question, add --yes.");
    const { createCredential, createVaultSecret } = await import("./vaults.ts");
    const credential = createCredential();
    const vaults = usage.vaults.map((vault) =>
      createVaultSecret(vault, secretList.hookSecret.name, credential),
    );
    const ask = (secret: string) => askUrl(wantedHook.url, wantedHook.header, secret);
    const oneInstance = isLoopback(new URL(wantedHook.url));
    const rotated = await rotate({
      org,
      hook,
      wanted: wantedHook,
      vaults,
      oneInstance,
      ask,
      say,
      sleep,
      now: Date.now,
    });
    if (!rotated.rotated) throw new Error(rotated.words);
    say(
      "Rotated. Okta uses the newest version. The previous version stays valid until the next rotation.",
    );
    return 0;
  },
};

const planOptions = (usage: Usage) => ({ ...usage, beside: usage.environment === laptop });

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
async function proveFirst({ hook }: WantedState, plan: Plan, secrets: Secrets): Promise<void> {
  if (
    secrets.hook !== undefined &&
    hook.auth === "secret" &&
    !isProof(await askUrl(hook.url, hook.header, secrets.hook))
  )
    throw new Error(
      "Nothing was changed. The hook's URL did not accept a request with this secret. Check the URL and the secret. " +
        "If only Okta can call the URL, add --unproved.",
    );
  if (hook.auth !== "token" || !plan.changes.some(isHookChange)) return;
  const fault = await faultOfTokenEndpoint(hook);
  if (fault !== undefined) throw new Error(`Nothing was changed. ${fault}`);
}
