import { ok, page, type Call, type Route } from "./answers.ts";

/** Objects that an administrator has set up. `npm run okta` only reads them. */
export interface Administration {
  telephonyProviders: object[];
  enrollmentPolicies: object[];
  accessPolicies: { readonly id: string; readonly status: string; readonly rules: object[] }[];
}

/** Policy that offers the phone to all users. The rule below requires a second factor. */
const phonePolicy = {
  id: "00p1",
  status: "ACTIVE",
  type: "MFA_ENROLL",
  name: "Everybody",
  settings: {
    type: "AUTHENTICATORS",
    authenticators: [{ key: "phone_number", enroll: { self: "OPTIONAL" } }],
  },
};
const possessionRule = {
  id: "0pr1",
  status: "ACTIVE",
  type: "ACCESS_POLICY",
  name: "Catch-all",
  actions: {
    appSignOn: { access: "ALLOW", verificationMethod: { type: "ASSURANCE", factorMode: "2FA" } },
  },
};

export function createAdministration(): Administration {
  return {
    telephonyProviders: [],
    enrollmentPolicies: [phonePolicy],
    accessPolicies: [{ id: "rst1", status: "ACTIVE", rules: [possessionRule] }],
  };
}

export function adminRoutes(admin: Administration): Route[] {
  const accessPolicies = () =>
    admin.accessPolicies.map(({ id, status }) => ({
      id,
      status,
      type: "ACCESS_POLICY",
      name: `Policy ${id}`,
    }));
  const policies = ({ url }: Call) =>
    page(
      url.searchParams.get("type") === "MFA_ENROLL" ? admin.enrollmentPolicies : accessPolicies(),
      url,
      20,
    );
  return [
    {
      method: "GET",
      path: /^\/api\/v1\/telephony-providers$/,
      scope: "okta.customTelephonyProvider.read",
      answer: () => ok(admin.telephonyProviders),
    },
    { method: "GET", path: /^\/api\/v1\/policies$/, scope: "okta.policies.read", answer: policies },
    {
      method: "GET",
      path: /^\/api\/v1\/policies\/(\w+)\/rules$/,
      scope: "okta.policies.read",
      answer: ({ parts: [id] }) =>
        ok(admin.accessPolicies.find((policy) => policy.id === id)?.rules ?? []),
    },
  ];
}
