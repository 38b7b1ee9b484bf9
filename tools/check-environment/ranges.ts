import { BlockList, isIPv4, isIPv6 } from "node:net";

/** An address range: its first address, and how many bits all of its addresses begin with. */
interface Range {
  readonly first: string;
  readonly length: number;
  readonly family: "ipv4" | "ipv6";
}

/** Undefined for what is none. A range begins with its first address: 10.0.0.1/24 is none. */
function parseRange(text: string): Range | undefined {
  const [, first = "", length = ""] = /^([\da-f.:]+)\/(\d{1,3})$/i.exec(text) ?? [];
  const family = isIPv4(first) ? "ipv4" : isIPv6(first) ? "ipv6" : undefined;
  if (family === undefined || Number(length) > (family === "ipv4" ? 32 : 128)) return undefined;
  const hasHostBits = family === "ipv4" && bitsOf(first).slice(Number(length)).includes("1");
  return hasHostBits ? undefined : { first, length: Number(length), family };
}

function bitsOf(address: string): string {
  const bytes = address.split(".").map((byte) => Number(byte).toString(2).padStart(8, "0"));
  return bytes.join("");
}

export const isRange = (text: string): boolean => parseRange(text) !== undefined;

/**
 * More than a 256th of the addresses of IPv4, or as many of IPv6 as no company has: 0.0.0.0/1 and
 * 128.0.0.0/1 are everybody together. Not /0, which is everybody by itself.
 */
export function isVast(text: string): boolean {
  const range = parseRange(text);
  if (range === undefined || range.length === 0) return false;
  return range.length < (range.family === "ipv4" ? 8 : 16);
}

/**
 * Whether a virtual network can have it: IPv4 of this length or a shorter one, and not Azure's own.
 */
export function isNetworkOf(text: string, longest: number): boolean {
  const range = parseRange(text);
  if (range?.family !== "ipv4" || range.length < 8 || range.length > longest) return false;
  return !unusable.some((taken) => overlap(text, taken));
}

// https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq#what-address-ranges-can-i-use-in-my-virtual-networks
const unusable = ["0.0.0.0/8", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16", "224.0.0.0/3"];

// https://www.rfc-editor.org/rfc/rfc1918, and https://www.rfc-editor.org/rfc/rfc6598 (shared by a
// provider's customers)
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

/** Whether all of its addresses are private ones of IPv4. */
export function isPrivate(text: string): boolean {
  const length = parseRange(text)?.length ?? 0;
  return privateRanges.some(
    (range) => overlap(text, range) && length >= Number(range.split("/")[1]),
  );
}

/** Whether an address is in both of two ranges of IPv4. */
export function overlap(one: string, other: string): boolean {
  const ranges = [parseRange(one), parseRange(other)];
  const [a, b] = ranges;
  if (a?.family !== "ipv4" || b?.family !== "ipv4") return false;
  const [wide, narrow] = a.length <= b.length ? [a, b] : [b, a];
  const list = new BlockList();
  list.addSubnet(wide.first, wide.length);
  return list.check(narrow.first);
}
