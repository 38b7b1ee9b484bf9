import { all, type Environment, main } from "../snapshot.ts";

/** Development may be open. Everything else has no public way to what it keeps, and never a list of exceptions. */
export function waysIn(environment: Environment): Readonly<Record<string, unknown>> {
  const open = environment === "dev" && all(main.dev, "Microsoft.Network/privateEndpoints").length === 0;
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
