import type { OktaOrg } from "../../../tools/sandbox/okta/management/org.ts";

/** Okta's central rule: an org never has two active telephony hooks. */
export function expectAtMostOneActive(org: Pick<OktaOrg, "hooks">): void {
  const active = org.hooks.all().filter(({ status }) => status === "ACTIVE");
  expect(active.slice(1)).toEqual([]);
}

interface OtherHook {
  readonly uri?: string;
  readonly headers?: { readonly key: string; readonly value: string }[];
  readonly secret?: string;
}

export function addHook(
  org: OktaOrg,
  name: string,
  status: "ACTIVE" | "INACTIVE",
  { uri = "http://127.0.0.1:9/other", headers = [], secret = "other-secret" }: OtherHook = {},
): string {
  const authScheme = { type: "HEADER" as const, key: "authorization", value: secret };
  const config = { uri, headers: [...headers], authScheme };
  const channel = { type: "HTTP" as const, version: "1.0.0" as const, config };
  return org.hooks.add({ name, version: "1.0.0", channel }, status).id;
}
