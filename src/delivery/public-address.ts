import { BlockList, isIP } from "node:net";

// Special-purpose ranges: https://www.iana.org/assignments/iana-ipv4-special-registry and
// …/iana-ipv6-special-registry
const notPublic = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const)
  notPublic.addSubnet(network, prefix, "ipv4");

// Only 2000::/3 is assigned; the ranges below are its special-purpose parts.
const globalUnicast = new BlockList();
globalUnicast.addSubnet("2000::", 3, "ipv6");
for (const [network, prefix] of [
  ["2001:db8::", 32],
  ["2002::", 16],
  ["2001::", 23],
  ["3fff::", 20],
] as const)
  notPublic.addSubnet(network, prefix, "ipv6");

/** Whether an address is public, so that a provider's rate rules can count end users by it. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !notPublic.check(address, "ipv4");
    case 6:
      // A zone (%eth0) means something on one machine only, and 8x8 refuses it.
      return (
        !address.includes("%") &&
        globalUnicast.check(address, "ipv6") &&
        !notPublic.check(address, "ipv6")
      );
    default:
      return false;
  }
}
