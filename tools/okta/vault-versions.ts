import type { Version, VaultSecret } from "./vaults.ts";

/**
 * The older of the two stays valid. What is older still the app takes no more, and so it is
 * disabled.
 */
export async function finish(vaults: readonly VaultSecret[]): Promise<void> {
  for (const vault of vaults) {
    const versions = await vault.liveVersions();
    for (const { id } of versions.slice(2)) await vault.disable(id);
    for (const { id, rotation = "" } of pendingOf(versions)) await vault.settle(id, rotation);
  }
}

export async function disablePending(vaults: readonly VaultSecret[]): Promise<void> {
  for (const vault of vaults)
    for (const { id } of pendingOf(await vault.liveVersions())) await vault.disable(id);
}

/**
 * With one vault there is nothing to compare, so whoever rotates there needs no right to read a
 * value.
 */
export async function newestAreSame(vaults: readonly VaultSecret[]): Promise<boolean> {
  if (vaults.length === 1) return true;
  const values = await inEach(vaults, async (vault) => {
    const [newest] = await vault.liveVersions();
    return newest === undefined ? "" : vault.value(newest.id);
  });
  return values.every((value) => value !== "" && value === values[0]);
}

/** Each vault's live versions, newest first. */
export type Live = readonly (readonly Version[])[];

/**
 * What an earlier run has left behind, given which version Okta is seen to use (1 is the newest of
 * the vault behind the URL). Okta gets a version only after every vault has it: where one of them
 * lacks the version, Okta has not got it.
 */
export function leftBehind(
  live: Live,
  secretVersion: number | null | undefined,
): "nothing" | "given" | "abandoned" | "unknown" {
  const pending = live.flatMap(pendingOf);
  const isEverywhere = ({ rotation }: Version) =>
    live.every((some) => some.some((one) => one.rotation === rotation));
  if (secretVersion === 1)
    return pending.length === 0 ? "nothing" : pending.some(isEverywhere) ? "given" : "abandoned";
  // Under another version that somebody made since, it may be the one that Okta uses.
  const isNewest = live.every((some) => pendingOf(some.slice(1)).length === 0);
  return secretVersion === 2 && pending.length > 0 && isNewest ? "abandoned" : "unknown";
}

function pendingOf(versions: readonly Version[]): Version[] {
  return versions.filter(({ pending }) => pending);
}

/** One after the other, in the order that was given. */
export async function inEach<Value>(
  vaults: readonly VaultSecret[],
  call: (vault: VaultSecret) => Promise<Value>,
): Promise<Value[]> {
  const values: Value[] = [];
  for (const vault of vaults) values.push(await call(vault));
  return values;
}
