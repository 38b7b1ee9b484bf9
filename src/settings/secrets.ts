import type { SecretRow } from "../secrets/secrets.ts";
import type { Environment } from "./environment.ts";

// Two versions are accepted of what others send us, so that a rotation loses nothing; the newest is
// what we send. The address is public, so anybody can try secrets there at any time.
const ofCallers = { ofCallers: true, count: 2, minLength: 16 } as const;

/**
 * Every secret that there is. `name` is the one in the vault; `onLaptop` is the setting that holds
 * the value itself, which is an error anywhere else. An optional secret that is absent switches its
 * route off.
 */
export const secretList = {
  hookSecret: { name: "okta-hook-secret", onLaptop: "OKTA_HOOK_SECRET", ...ofCallers },
  apiKey: { name: "eight-by-eight-api-key", onLaptop: "EIGHT_BY_EIGHT_API_KEY", count: 1 },
  // Whoever has a number and its hash can try keys on them, at billions a second.
  phoneHashKey: { name: "phone-hash-key", count: 1, minLength: 32 },
  oktaEventSecret: {
    name: "okta-event-secret",
    onLaptop: "OKTA_EVENT_SECRET",
    ...ofCallers,
    optional: true,
  },
  receiptSecret: {
    name: "receipt-secret",
    onLaptop: "RECEIPT_SECRET",
    ...ofCallers,
    optional: true,
  },
} as const satisfies Readonly<Record<string, ListedSecret>>;

interface ListedSecret extends SecretRow {
  readonly onLaptop?: string;
}

const listed: readonly ListedSecret[] = Object.values(secretList);
export type LocalSettingName = Extract<
  (typeof secretList)[keyof typeof secretList],
  { onLaptop: string }
>["onLaptop"];
const localNames = (those: readonly ListedSecret[]) =>
  those.flatMap(({ onLaptop }) => (onLaptop === undefined ? [] : [onLaptop as LocalSettingName]));
export const localSettingNames = localNames(listed);
export const requiredLocalSettingNames = localNames(listed.filter(({ optional }) => !optional));

export type SecretSources = ReturnType<typeof createSecretSources>;

/** Without a hook secret where tokens alone are accepted. */
export function createSecretSources(
  env: Environment,
  local: boolean,
  given: Readonly<Record<string, string | undefined>>,
) {
  const rows = Object.entries<ListedSecret>(secretList).flatMap(
    ([key, { onLaptop, ...row }]): [string, SecretRow][] => {
      if (key === "hookSecret" && env.OKTA_HOOK_AUTH === "token") return [];
      if (!local) return [[key, row]];
      return onLaptop === undefined
        ? []
        : [[key, { ...row, name: onLaptop, value: given[onLaptop] }]];
    },
  );
  const secrets = Object.fromEntries(rows);
  return local
    ? ({ from: "local", secrets } as const)
    : ({ from: "vault", secrets, url: env.KEY_VAULT_URL ?? "" } as const);
}
