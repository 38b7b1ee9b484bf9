import type { Version, VaultSecret } from "./vaults.ts";

/** Disables all versions except the two newest, because the app accepts only those. */
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

/** A single vault is not read, so that its rotation needs no permission to read values. */
export async function newestAreSame(vaults: readonly VaultSecret[]): Promise<boolean> {
  if (vaults.length === 1) return true;
  const values = await inEach(vaults, async (vault) => {
    const [newest] = await vault.liveVersions();
    return newest === undefined ? "" : vault.value(newest.id);
  });
  return values.every((value) => value !== "" && value === values[0]);
}

/** Live versions of each vault, newest first. */
export type Live = readonly (readonly Version[])[];

/**
 * Returns what an earlier run left behind. Okta gets a version only after every vault has it. So
 * Okta does not have a pending version that a vault lacks.
 * @param secretVersion the version that Okta uses. 1 is the newest in the vault behind the URL.
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
  // If someone created a version after the pending one, Okta may be using the pending one.
  const isNewest = live.every((some) => pendingOf(some.slice(1)).length === 0);
  return secretVersion === 2 && pending.length > 0 && isNewest ? "abandoned" : "unknown";
}

function pendingOf(versions: readonly Version[]): Version[] {
  return versions.filter(({ pending }) => pending);
}

/** Calls the vaults one after the other, in the given order. */
export async function inEach<Value>(
  vaults: readonly VaultSecret[],
  call: (vault: VaultSecret) => Promise<Value>,
): Promise<Value[]> {
  const values: Value[] = [];
  for (const vault of vaults) values.push(await call(vault));
  return values;
}
