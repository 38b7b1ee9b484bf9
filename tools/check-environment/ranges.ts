import { BlockList, isIPv4, isIPv6 } from "node:net";

interface Range {
  readonly first: string;
  /** Number of leading bits that all addresses in the range share. */
  readonly length: number;
  readonly family: "ipv4" | "ipv6";
}

/** Returns undefined for invalid text. 10.0.0.1/24 is invalid: the range begins at 10.0.0.0. */
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
 * True for ranges that are larger than an IPv4 /8 or IPv6 /16. For example, 0.0.0.0/1 and
 * 128.0.0.0/1 together contain every address. False for /0, which has its own message.
 */
export function isVast(text: string): boolean {
  const range = parseRange(text);
  if (range === undefined || range.length === 0) return false;
  return range.length < (range.family === "ipv4" ? 8 : 16);
}

/** True for an IPv4 range from /8 to /`longest` that Azure allows in a virtual network. */
export function isNetworkOf(text: string, longest: number): boolean {
  const range = parseRange(text);
  if (range?.family !== "ipv4" || range.length < 8 || range.length > longest) return false;
  return !unusable.some((taken) => overlap(text, taken));
}

// https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq#what-address-ranges-can-i-use-in-my-virtual-networks
const unusable = ["0.0.0.0/8", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16", "224.0.0.0/3"];

// https://www.rfc-editor.org/rfc/rfc1918 and https://www.rfc-editor.org/rfc/rfc6598
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

/** True if all addresses are private IPv4 addresses. */
export function isPrivate(text: string): boolean {
  const length = parseRange(text)?.length ?? 0;
  return privateRanges.some(
    (range) => overlap(text, range) && length >= Number(range.split("/")[1]),
  );
}

/** True if two IPv4 ranges share an address. */
export function overlap(one: string, other: string): boolean {
  const ranges = [parseRange(one), parseRange(other)];
  const [a, b] = ranges;
  if (a?.family !== "ipv4" || b?.family !== "ipv4") return false;
  const [wide, narrow] = a.length <= b.length ? [a, b] : [b, a];
  const list = new BlockList();
  list.addSubnet(wide.first, wide.length);
  return list.check(narrow.first);
}
