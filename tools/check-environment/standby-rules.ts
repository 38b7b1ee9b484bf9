import type { Environment, Neighbor } from "./environment.ts";
import { inOneSpelling, isValue } from "./place-rules.ts";
import { overlaps, ownAddresses } from "./ranges.ts";
import { live, type Rule } from "./rule.ts";

export function productions({ neighbors }: Environment): readonly Neighbor[] {
  return neighbors.filter(({ stage }) => stage === "production");
}

const regionOf = ({ main, bootstrap }: Neighbor) =>
  inOneSpelling(isValue(main?.location) ? main.location : bootstrap?.location);

/** The virtual network of another team, or the addresses of the template's own network. */
function isInOneNetwork({ main: one }: Neighbor, { main: other }: Neighbor): boolean {
  const networkOf = (id: string | null | undefined) => id?.toLowerCase().split("/subnets/")[0];
  const networks = [one, other].map((main) =>
    [main?.network.appSubnetId, main?.network.endpointSubnetId].map(networkOf).filter(Boolean),
  );
  return (
    (networks[0]?.some((id) => networks[1]?.includes(id)) ?? false) ||
    overlaps(addressesOf(one), addressesOf(other))
  );
}

function addressesOf(main: Neighbor["main"]): string {
  const { mode, addressPrefix } = main?.network ?? {};
  return mode === "private" ? (addressPrefix ?? ownAddresses) : "";
}

const inOrder = (settings: Readonly<Record<string, string>>) =>
  JSON.stringify(Object.entries(settings).sort());

export const standbyRules: readonly Rule[] = [
  {
    name: "standby-by-stage",
    stages: live,
    isBroken: ({ main, stage }) => main.standby !== (stage === "standby"),
    wrong:
      "Production must have the alert for missing requests, and a stand-by must not have this alert.",
    fix: "Set standby to true if the stage in pipeline.json is standby. For other stages, set it to false.",
  },
  {
    name: "standby-sends-alike",
    stages: ["standby"],
    isBroken: (environment) => {
      const of = productions(environment).flatMap(({ main }) =>
        main ? [inOrder(main.hookSettings)] : [],
      );
      return of.length > 0 && !of.includes(inOrder(environment.main.hookSettings));
    },
    wrong: "After a failover, the app would use another sender, other countries or other settings.",
    fix: "Set hookSettings to production's values.",
  },
  {
    name: "standby-elsewhere",
    stages: ["standby"],
    isBroken: (environment) => {
      const others = productions(environment).filter((one) => regionOf(one) !== undefined);
      return others.length > 0 && others.every((one) => regionOf(one) === regionOf(environment));
    },
    wrong: "Production and its stand-by are in the same region, so an outage can stop both.",
    fix: "Set location in bootstrap.bicepparam to another region.",
  },
  {
    name: "standby-network",
    stages: ["standby"],
    isBroken: (environment) =>
      productions(environment).some((one) => isInOneNetwork(environment, one)),
    wrong:
      "Production and its stand-by are in one network or use the same addresses, so no machine can reach both vaults, or an outage of the network stops both.",
    fix: "Set network to subnets of another network, or addressPrefix to other addresses.",
  },
];
