import { isDeepStrictEqual } from "node:util";
import { isLoopback } from "../../src/settings/environment/validators.ts";
import { secretList } from "../../src/settings/secret-list.ts";
import { destinationsInOkta, type Destination } from "../grants/trusted-hosts.ts";
import { activationOf, deactivationOf, findHook } from "./activate.ts";
import { apply } from "./apply.ts";
import { commandFor, describe, destinationsOf, summaryOf } from "./describe-plan.ts";
import { describeDifference, hostOf } from "./differences.ts";
import { askUrl } from "./expired-code.ts";
import { hookDifferences } from "./hook-body.ts";
import type { InlineHook, Org } from "./org.ts";
import { isActive, ourHook, wordsOfActive } from "./ours.ts";
import { planOf, type Plan } from "./plan.ts";
import { proveSecrets } from "./prove-secrets.ts";
import { confirm, type Input } from "../questions.ts";
import { rotate } from "./rotate.ts";
import { describeSecrets, readSecrets, type Secrets } from "./secrets.ts";
import type { Command, Usage } from "./usage.ts";
import { proofOf, verify } from "./verify.ts";
import { sayEachTenSeconds, waitAloud, type Progress, type Timing } from "./waiting.ts";
import { laptop, type WantedState } from "./wanted-state.ts";

interface Work {
  readonly org: Org;
  readonly wanted: WantedState;
  readonly usage: Usage;
  readonly input: Input;
  readonly say: (text: string) => void;
  /** Throws if a host may not get secrets, codes or events. */
  readonly trustHosts: (destinations: readonly Destination[]) => Promise<void>;
  readonly onChange: () => void;
  readonly timing: Timing;
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
    const plan = await change(() => planOf(org, wanted, usage), work);
    if (plan.other === undefined) return 0;
    say(
      `Another telephony hook is active, so this app's telephony hook was not changed. To switch, run: ${commandFor("activate", usage.environment)}`,
    );
    return 2;
  },
  async activate(work) {
    const { org, wanted, usage } = work;
    await change(async () => {
      const plan = await planOf(org, wanted, { ...usage, switches: true });
      return usage.hook === undefined ? plan : activationOf(findHook(plan.hooks, usage.hook), plan);
    }, work);
    return 0;
  },
  async deactivate(work) {
    const { org, wanted, usage, say } = work;
    await change(async () => deactivationOf(await planOf(org, wanted)), work);
    say(`To activate this app's hook again, run: ${commandFor("activate", usage.environment)}`);
    return 0;
  },
  async verify({ org, wanted, usage, say }) {
    const hook = await mustHave(org, wanted, usage);
    suggestRotation(hook, wanted, usage, say);
    say(proofOf(await verify(org, hook.id)));
    if (!isActive(hook))
      throw new Error(`The hook is inactive. Run: ${commandFor("activate", usage.environment)}`);
    return 0;
  },
  async rotate(work) {
    const { org, wanted, usage, say, onChange, timing } = work;
    const { hook: wantedHook } = wanted;
    if (wantedHook.auth === "token") {
      say("The hook uses tokens, so there is no secret to rotate.");
      return 0;
    }
    const hook = await mustHave(org, wanted, usage);
    const drift = hookDifferences(wantedHook, hook).map(describeDifference);
    if (drift.length > 0)
      throw new Error(`The hook differs from okta.json (${drift.join(", ")}). Run apply first.`);
    await work.trustHosts(destinationsInOkta(wanted));
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
      sleep: (ms) => waitAloud(ms, say, timing),
      onChange,
    });
    return 0;
  },
};

async function change(makePlan: () => Promise<Plan>, work: Work): Promise<Plan> {
  const { org, wanted, usage, input, say, onChange, timing } = work;
  const { environment } = usage;
  const plan = await makePlan();
  say(describe(plan, environment));
  if (plan.blockers.length > 0)
    throw new Error("Nothing was changed. First resolve the lines marked with !.");
  let secrets: Secrets = {};
  if (plan.hook !== undefined || plan.events.length > 0) {
    if (!plan.leaves) await work.trustHosts(destinationsOf(plan));
    await ask("Make these changes?", work);
    secrets = await readSecrets(plan, usage.vaults[0], input);
    if (!usage.unproved) await proveSecrets(wanted, secrets);
    const now = await makePlan();
    // A plan has all that was read, including the time of each hook's last change.
    if (!isDeepStrictEqual(plan, now))
      throw new Error(
        `Nothing was changed, because the org changed after this plan was made. This is the new plan:\n${describe(now, environment)}`,
      );
  }
  onChange();
  const active = wordsOfActive(plan.hooks.find(isActive));
  const progress: Progress = { step: "make the changes", active };
  const endLines = sayEachTenSeconds(progress, timing, say);
  try {
    await apply(plan, { org, wanted, usage, secrets, say, timing, progress });
  } finally {
    endLines();
    suggestRotation(plan.other ?? plan.ours, wanted, usage, say);
  }
  return plan;
}

async function ask(question: string, { usage, input }: Work): Promise<void> {
  if (usage.yes || (await confirm(question, input))) return;
  throw new Error("Nothing was changed. To skip the question, add --yes.");
}

async function mustHave(org: Org, wanted: WantedState, usage: Usage): Promise<InlineHook> {
  const hooks = await org.hooks();
  const hook = ourHook(wanted, hooks);
  if (hook !== undefined) return hook;
  const command = commandFor(hooks.some(isActive) ? "activate" : "apply", usage.environment);
  throw new Error(`The org has no telephony hook for this app. To create it, run: ${command}`);
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
