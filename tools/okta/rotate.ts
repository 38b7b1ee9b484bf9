import { randomBytes, randomUUID } from "node:crypto";
import { OktaError } from "./okta-error.ts";
import { isProof, type OwnDetails } from "./expired-code.ts";
import { inlineHookBody } from "./hook-body.ts";
import type { InlineHook, Org } from "./org.ts";
import {
  disablePending,
  finish,
  inEach,
  leftBehind,
  newestAreSame,
  type Live,
} from "./vault-versions.ts";
import type { VaultSecret } from "./vaults.ts";
import { verify } from "./verify.ts";
import type { WantedHook } from "./wanted-state.ts";

export interface Rotation {
  readonly org: Pick<Org, "execute" | "replaceHook">;
  readonly hook: InlineHook;
  readonly wanted: Extract<WantedHook, { auth: "secret" }>;
  /** Every vault that an app behind the hook's URL reads, the stand-by's too. */
  readonly vaults: readonly VaultSecret[];
  /**
   * One process answers at the hook's URL, as on a laptop: what it takes when it is asked, it takes
   * from Okta.
   */
  readonly oneInstance: boolean;
  /** Asks the hook's URL itself. */
  readonly ask: (hookSecret: string) => Promise<OwnDetails | undefined>;
  readonly say: (line: string) => void;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly now: () => number;
}

export type Rotated =
  | { readonly rotated: true }
  /** No hook is lost, and running it again is safe. */
  | { readonly rotated: false; readonly words: string };

/**
 * Each instance reads the vault every 5 minutes. Until then its newest version can be an older one:
 * src/secrets.
 */
const knownEverywhereMs = 6 * 60_000;
/**
 * 30 s in all: a stranger's wrong secret can have made the app read the vault a moment before, and
 * then it waits 10 s.
 */
const tries = 16;
const betweenTriesMs = 2_000;

/**
 * Gives Okta a new hook secret. The app accepts the two newest versions, so two things must hold at
 * every step: Okta's is one of them in each vault, and no new version is made while it is the older
 * one. Hence: vaults first, then our URL, then Okta.
 */
export async function rotate(rotation: Rotation): Promise<Rotated> {
  const { org, hook, vaults, say } = rotation;
  const live = await settled(rotation);
  const seen = await verify(org, hook.id);
  if (!seen.proved) return failed(`Nothing was changed. ${seen.words}`);
  const left = leftBehind(live, seen.details.secretVersion);
  if (left === "unknown")
    return failed(
      "Nothing was changed. Okta is not seen to use the newest version, and a newer one would retire the one in use: " +
        "give Okta the newest (apply --give-secrets), or disable it in the vault.",
    );
  if (left === "given") {
    say("An earlier run gave Okta the pending version; it only did not say so.");
    await finish(vaults);
    return { rotated: true };
  }
  if (left === "abandoned") {
    say("An earlier run did not come to Okta: its version is disabled, and a new one is made.");
    await disablePending(vaults);
  }
  const same = await newestAreSame(vaults);
  if (!same)
    return failed(
      "Nothing was changed. The vaults do not hold the same newest version: seed the stand-by first.",
    );
  return renew(rotation);
}

/**
 * Waits until each instance of the app has read each vault since its last change; what is live
 * then.
 */
async function settled({ vaults, say, sleep, now }: Rotation): Promise<Live> {
  const changes = await inEach(vaults, (vault) => vault.changedOn());
  const waitMs = Math.max(...changes.map((at) => at.getTime())) + knownEverywhereMs - now();
  if (waitMs > 0) {
    say(
      `A vault was changed just now: in ${Math.ceil(waitMs / 1000)} s each instance has read it. Waiting.`,
    );
    await sleep(waitMs);
  }
  return inEach(vaults, (vault) => vault.liveVersions());
}

async function renew({
  org,
  hook,
  wanted,
  vaults,
  oneInstance,
  ask,
  say,
  sleep,
}: Rotation): Promise<Rotated> {
  const value = randomBytes(32).toString("hex");
  const id = randomUUID();
  try {
    for (const vault of vaults) {
      await vault.addPending(value, id);
      say(`${vault.vault} has a new version, pending.`);
    }
  } catch (error) {
    await disablePending(vaults);
    throw error;
  }
  if (!(await isAccepted(ask, value, sleep))) {
    await disablePending(vaults);
    return failed(
      "The hook's URL does not take the new version, which is disabled again. Okta's is as it was.",
    );
  }
  // Until then a flood of strangers could keep an instance from reading the vault for Okta's first
  // hook.
  if (!oneInstance) {
    say("In six minutes each instance has read it. Waiting.");
    await sleep(knownEverywhereMs);
  }
  try {
    await org.replaceHook(hook.id, inlineHookBody(wanted, value, hook.channel.config.headers));
    say("Okta has it.");
  } catch (error) {
    if (error instanceof OktaError && error.refused) {
      await disablePending(vaults);
      return failed(`${error.message} The new version is disabled again; Okta's is as it was.`);
    }
    // Okta may have it or not, and both versions are accepted.
    say("Okta gave no clear answer. Which version it uses is seen now.");
  }
  const seen = await verify(org, hook.id);
  if (!seen.proved) return failed(`Both versions are accepted; run it again. ${seen.words}`);
  if (seen.details.secretVersion !== 1)
    return failed("Okta still uses the older version, and both are accepted: run it again.");
  await finish(vaults);
  return { rotated: true };
}

async function isAccepted(
  ask: Rotation["ask"],
  value: string,
  sleep: Rotation["sleep"],
): Promise<boolean> {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const said = await ask(value);
    if (isProof(said) && said?.secretVersion === 1) return true;
    if (attempt < tries) await sleep(betweenTriesMs);
  }
  return false;
}

function failed(words: string): Rotated {
  return { rotated: false, words };
}
