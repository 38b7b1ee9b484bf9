// What the product's examples choose for production. A company's choice of network and way out is its own.
import { all, environments, main } from "../snapshot.ts";

it.each(environments.filter((name) => name !== "dev"))(
  "%s has a network of its own, left by one address that 8x8 can list",
  (name) => {
    for (const type of ["virtualNetworks", "natGateways", "publicIPAddresses"])
      expect(all(main[name], `Microsoft.Network/${type}`)).toHaveLength(1);
    expect(all(main[name], "Microsoft.Network/privateEndpoints")).toHaveLength(2);
  },
);
