import { isPrivate } from "./ranges.ts";
import { regions } from "./regions.ts";
import { everywhere, type Rule } from "./rule.ts";

/** To Azure, `West Europe` and `westeurope` are the same region. */
export const inOneSpelling = (region: string | undefined) =>
  region?.replaceAll(" ", "").toLowerCase();

/** The default of location in main.bicepparam is an expression. */
export const isValue = (location: string | undefined): location is string =>
  location !== undefined && !location.startsWith("[");

export const placeRules: readonly Rule[] = [
  {
    name: "known-region",
    stages: everywhere,
    isBroken: ({ main, bootstrap }) =>
      [main.location, bootstrap?.location]
        .filter(isValue)
        .some((location) => !regions.includes(inOneSpelling(location) ?? "")),
    wrong: "Azure had no region of this name on 2026-12-01.",
    fix: "Set location to a region that az functionapp list-flexconsumption-locations prints, such as westeurope.",
  },
  {
    name: "private-addresses",
    stages: everywhere,
    isBroken: ({ main: { network } }) =>
      [network.addressPrefix, network.operatorSubnet].some((range) => range && !isPrivate(range)),
    wrong: "The network has public addresses, so the app could not call the servers that own them.",
    fix: "Set network.addressPrefix and operatorSubnet to private ranges, such as 10.80.0.0/24.",
  },
];
