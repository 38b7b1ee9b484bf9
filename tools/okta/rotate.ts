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
  /** Vaults of all apps behind the hook's URL, including the stand-by's. */
  readonly vaults: readonly VaultSecret[];
  /** Whether a single process answers at the hook's URL, as on a laptop. */
  readonly oneInstance: boolean;
  /** Calls the hook's URL directly. */
  readonly ask: (hookSecret: string) => Promise<OwnDetails | undefined>;
  readonly say: (line: string) => void;
  /** Waits, and prints how long. */
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly now: () => number;
}

export type Rotated =
  | { readonly rotated: true }
  /** `words` name the cause. No request fails, and it is safe to run rotate again. */
  | { readonly rotated: false; readonly words: string };

/**
 * Each instance reads the vault every 5 minutes (src/secrets), so after 6 every instance has read
 * it.
 */
const knownEverywhereMs = 6 * 60_000;
/**
 * Number of tries, which take at least 30 s. The app reads the vault at most every 10 s, and an
 * unauthenticated caller's wrong secret can have caused a read just before.
 */
const tries = 16;
const betweenTriesMs = 2_000;

/**
 * Gives Okta a new hook secret. The app accepts only the two newest versions. Therefore Okta's
 * version must be among these two in each vault at every step, and must be the newest version
 * before a new one is created. The order is: vaults, then the hook's URL, then Okta.
 */
export async function rotate(rotation: Rotation): Promise<Rotated> {
  const { org, hook, vaults, say } = rotation;
  const live = await settled(rotation);
  const seen = await verify(org, hook.id);
  if (!seen.proved) return failed(`Nothing was changed. ${seen.words}`);
  const left = leftBehind(live, seen.details.secretVersion);
  if (left === "unknown")
    return failed(
      "Nothing was changed. Okta does not seem to use the newest version, and creating another would retire the version in use. " +
        "Run apply --give-secrets to give Okta the newest version, or disable that version in the vault.",
    );
  if (left === "given") {
    say("An earlier run gave Okta the pending version and stopped. Finishing that rotation.");
    await finish(vaults);
    return { rotated: true };
  }
  if (left === "abandoned") {
    say(
      "An earlier run did not give Okta its version. Disabling that version and creating a new one.",
    );
    await disablePending(vaults);
  }
  const same = await newestAreSame(vaults);
  if (!same)
    return failed(
      "Nothing was changed. The newest versions in the vaults have different values. Seed the stand-by's vault first.",
    );
  return renew(rotation);
}

/**
 * Returns the live versions, after every instance has had time to read the vaults' last changes.
 */
async function settled({ vaults, say, sleep, now }: Rotation): Promise<Live> {
  const changes = await inEach(vaults, (vault) => vault.changedOn());
  const waitMs = Math.max(...changes.map((at) => at.getTime())) + knownEverywhereMs - now();
  if (waitMs > 0) {
    say(
      "A version was changed less than 6 minutes ago, perhaps by an earlier rotation. Some instances may not know it yet: each reads the vault every 5 minutes.",
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
      say(`Created a new version in ${vault.vault}. It is pending until Okta uses it.`);
    }
  } catch (error) {
    await disablePending(vaults);
    throw error;
  }
  if (!(await isAccepted(ask, value, sleep))) {
    await disablePending(vaults);
    return failed(
      "The hook's URL did not accept the new version. It is disabled again, and Okta keeps the old version. Check that the app can read its vault.",
    );
  }
  // Without this wait, unauthenticated callers could keep an instance from reading the vault before
  // Okta's first request comes.
  if (!oneInstance) {
    say("Each instance reads the new version within 5 minutes.");
    await sleep(knownEverywhereMs);
  }
  try {
    await org.replaceHook(hook.id, inlineHookBody(wanted, value, hook.channel.config.headers));
    say("Okta has the new version.");
  } catch (error) {
    if (error instanceof OktaError && error.refused) {
      await disablePending(vaults);
      return failed(
        `${error.message} The new version is disabled again, and Okta keeps the old version.`,
      );
    }
    say("Okta gave no clear answer. Checking which version it uses.");
  }
  const seen = await verify(org, hook.id);
  if (!seen.proved)
    return failed(
      `The new version could not be verified: ${seen.words} The app accepts both versions. Run rotate again.`,
    );
  if (seen.details.secretVersion !== 1)
    return failed(
      "Okta still uses the old version. The app accepts both versions. Run rotate again.",
    );
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
