import { randomBytes } from "node:crypto";
import { OktaError } from "./okta-error.ts";
import { isProof, type OwnDetails } from "./expired-code.ts";
import { inlineHookBody } from "./hook-body.ts";
import type { InlineHook, Org } from "./org.ts";
import type { VaultSecret } from "./vaults.ts";
import { verify } from "./verify.ts";
import type { WantedHook } from "./wanted-state.ts";

export interface Rotation {
  readonly org: Pick<Org, "execute" | "replaceHook">;
  readonly hook: InlineHook;
  readonly wanted: Extract<WantedHook, { auth: "secret" }>;
  /** Vaults of all apps behind the hook's URL, including the stand-by app's vault. */
  readonly vaults: readonly VaultSecret[];
  /** Whether a single process answers at the hook's URL, as on a laptop. */
  readonly oneInstance: boolean;
  /** Calls the hook's URL directly. */
  readonly ask: (hookSecret: string) => Promise<OwnDetails | undefined>;
  readonly say: (line: string) => void;
  /** Waits, and prints how long. */
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly onChange: () => void;
}

/** Each instance of the app reads its vault every 5 minutes (src/secrets). */
const knownEverywhereMs = 6 * 60_000;
/**
 * All tries together take at least 30 s. The app reads its vault at most every 10 s, and an
 * unauthenticated caller may have caused a read just before.
 */
const tries = 16;
const betweenTriesMs = 2_000;

/**
 * Gives Okta a new hook secret, or a newer version that an earlier run or a person left in a vault.
 * At every step, the app must accept the version that Okta uses. The app accepts only the two
 * newest versions, so the vaults get the new version before Okta does. Throws if Okta does not have
 * the new secret at the end. After such an error, the app still accepts Okta's requests, and it is
 * safe to run rotate again.
 */
export async function rotate(rotation: Rotation): Promise<void> {
  const { org, hook, wanted, vaults, oneInstance, say, sleep, onChange } = rotation;
  await settled(rotation);
  const before = await verify(org, hook.id);
  if (!before.proved) throw new Error(`Nothing was changed. ${before.words}`);
  const usesNewest = before.details.secretVersion === 1;
  const left = await leftBehind(vaults, usesNewest);
  const value = left?.value ?? randomBytes(32).toString("hex");
  if (left !== undefined)
    say("Okta gets the version that an earlier rotation or a person created.");
  // Okta uses the older of the two accepted versions. If the vault behind the URL lacks the new
  // version, adding the new version would retire Okta's version.
  if (!usesNewest && !(await isAccepted(rotation, value)))
    throw new Error(
      "Nothing was changed. Okta does not use the newest version in the vault of the app behind the URL, and another vault has a newer version. First run apply --give-secrets with the vault of the app behind the URL.",
    );

  onChange();
  say("If this command stops halfway, run rotate again.");
  const added: (() => Promise<void>)[] = [];
  const undo = async () => {
    for (const disable of added) await disable();
    return added.length > 0 ? "The new version is disabled again." : "Run rotate again.";
  };
  try {
    for (const vault of left?.lacking ?? vaults) {
      const id = await vault.add(value);
      added.push(() => vault.disable(id));
      say(`Created a new version in ${vault.vault}.`);
    }
  } catch (error) {
    await undo();
    throw error;
  }
  if (!(await isAccepted(rotation, value)))
    throw new Error(
      `The hook's URL did not accept the new version, so Okta keeps the old version. ${await undo()} Check that the app can read its vault.`,
    );
  // An instance that does not know the version must read its vault at Okta's first request, but
  // unauthenticated callers can use up the allowed reads.
  if (!oneInstance) {
    say("Each instance reads the new version within 5 minutes.");
    await sleep(knownEverywhereMs);
  }
  try {
    await org.replaceHook(hook.id, inlineHookBody(wanted, value, hook.channel.config.headers));
    say("Okta has the new version.");
  } catch (error) {
    if (error instanceof OktaError && error.refused)
      throw new Error(`${error.message} Okta keeps the old version. ${await undo()}`);
    say("Okta gave no clear answer. Checking which version it uses.");
  }
  const seen = await verify(org, hook.id);
  if (!seen.proved || seen.details.secretVersion !== 1)
    throw new Error(
      `${seen.proved ? "Okta still uses the old version." : `The new version could not be verified: ${seen.words}`} The app accepts both versions. Run rotate again.`,
    );
  for (const vault of vaults)
    for (const { id } of (await vault.liveVersions()).slice(2)) await vault.disable(id);
  say(
    `Rotated. Okta uses the newest version. The previous version stays valid until the next rotation.${left === undefined ? "" : " The newest version existed before this run. To create another version, run rotate again."}`,
  );
}

async function settled({ vaults, say, sleep }: Rotation): Promise<void> {
  const changes: number[] = [];
  for (const vault of vaults) changes.push((await vault.changedOn()).getTime());
  const waitMs = Math.max(...changes) + knownEverywhereMs - Date.now();
  if (waitMs <= 0) return;
  say(
    "A version was changed less than 6 minutes ago, perhaps by an earlier rotation. Some instances of the app may not have read the change, because each reads the vault every 5 minutes.",
  );
  await sleep(waitMs);
}

/** Returns undefined if Okta and every vault have the newest version. */
async function leftBehind(vaults: readonly VaultSecret[], usesNewest: boolean) {
  // With a single vault, the rotation needs no permission to read values.
  if (usesNewest && vaults.length === 1) return undefined;
  const held: { vault: VaultSecret; versions: { createdOn: Date; value: string }[] }[] = [];
  for (const vault of vaults) {
    const versions = [];
    for (const { id, createdOn } of (await vault.liveVersions()).slice(0, 2))
      versions.push({ createdOn, value: await vault.value(id) });
    held.push({ vault, versions });
  }
  const all = held.flatMap(({ versions }) => versions);
  const has = (versions: typeof all, value: string) => versions.some((one) => one.value === value);
  const [newest] = all.toSorted((one, two) => two.createdOn.getTime() - one.createdOn.getTime());
  // Without a common version, a vault may belong to another environment.
  if (
    newest === undefined ||
    !all.some(({ value }) => held.every((one) => has(one.versions, value)))
  )
    throw new Error(
      "Nothing was changed. The vaults have no version in common. First seed the stand-by's vault.",
    );
  const { value } = newest;
  const lacking = held.filter(({ versions: [first] }) => first?.value !== value);
  if (usesNewest && lacking.length === 0) return undefined;
  return { value, lacking: lacking.map(({ vault }) => vault) };
}

async function isAccepted({ ask, sleep }: Rotation, value: string): Promise<boolean> {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const said = await ask(value);
    if (isProof(said) && said?.secretVersion === 1) return true;
    if (attempt < tries) await sleep(betweenTriesMs);
  }
  return false;
}
