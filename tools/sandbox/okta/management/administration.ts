import { ok, type Route } from "./answers.ts";

/** Objects that an administrator has set up. The command `okta` only reads them. */
export interface Administration {
  telephonyProviders: object[];
  /** Name of the phone authenticator. An administrator can change it. */
  phoneName: string;
  /**
   * Whether the org refuses to execute an inactive hook. Okta does not document this, so the org
   * executes every hook at first (docs/live.md).
   */
  refusesInactive: boolean;
}

export function createAdministration(): Administration {
  return { telephonyProviders: [], phoneName: "Phone", refusesInactive: false };
}

export function adminRoutes(admin: Administration): Route[] {
  return [
    {
      method: "GET",
      path: /^\/api\/v1\/telephony-providers$/,
      scope: "okta.customTelephonyProvider.read",
      answer: () => ok(admin.telephonyProviders),
    },
    {
      method: "GET",
      path: /^\/api\/v1\/authenticators$/,
      scope: "okta.authenticators.read",
      answer: () =>
        ok([{ id: "aut1nd8PQhGcQtSxB0g4", key: "phone_number", name: admin.phoneName }]),
    },
  ];
}
