import type { Environment } from "../snapshot.ts";

/** Development and a small company have no network: Entra alone protects vault and storage. */
export const isOpen = (environment: Environment) => environment === "dev" || environment === "small";

/** Everything else has no public way to what it keeps, and never a list of exceptions. */
export function waysIn(environment: Environment): Readonly<Record<string, unknown>> {
  const open = isOpen(environment);
  return {
    publicNetworkAccess: open ? "Enabled" : "Disabled",
    networkAcls: {
      bypass: "AzureServices",
      defaultAction: open ? "Allow" : "Deny",
      ipRules: [],
      virtualNetworkRules: [],
    },
  };
}
