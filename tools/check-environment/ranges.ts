import { isIPv4, isIPv6 } from "node:net";

interface Range {
  /** First and last address of an IPv4 range, as numbers. */
  readonly ends: readonly [number, number] | undefined;
  /** Number of leading bits that all addresses in the range share. */
  readonly length: number;
  readonly family: "ipv4" | "ipv6";
}

/** 10.0.0.1/24 is invalid, because this range begins at 10.0.0.0. */
function parseRange(text: string): Range | undefined {
  const [, first = "", length = ""] = /^([\da-f.:]+)\/(\d{1,3})$/i.exec(text) ?? [];
  const family = isIPv4(first) ? "ipv4" : isIPv6(first) ? "ipv6" : undefined;
  if (family === undefined || Number(length) > (family === "ipv4" ? 32 : 128)) return undefined;
  const hasHostBits = family === "ipv4" && bitsOf(first).slice(Number(length)).includes("1");
  if (hasHostBits) return undefined;
  const start = Number.parseInt(bitsOf(first), 2);
  const ends = [start, start + 2 ** (32 - Number(length)) - 1] as const;
  return { ends: family === "ipv4" ? ends : undefined, length: Number(length), family };
}

function bitsOf(address: string): string {
  const bytes = address.split(".").map((byte) => Number(byte).toString(2).padStart(8, "0"));
  return bytes.join("");
}

export const isRange = (text: string): boolean => parseRange(text) !== undefined;

/** The default of addressPrefix in infra/main.bicep. */
export const ownAddresses = "10.80.0.0/24";

/** For IPv4. `smallest` is the largest number after the slash. */
export const isSubnet = (text: string, smallest: number): boolean => {
  const { ends, length = 33 } = parseRange(text) ?? {};
  return ends !== undefined && length <= smallest;
};

export function overlaps(one: string, other: string): boolean {
  const [a, b] = [parseRange(one)?.ends, parseRange(other)?.ends];
  return a !== undefined && b !== undefined && a[0] <= b[1] && b[0] <= a[1];
}

/** https://www.rfc-editor.org/rfc/rfc1918, https://www.rfc-editor.org/rfc/rfc6598 */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];
export const isPrivate = (text: string): boolean =>
  privateRanges.some((range) => {
    const [inner, outer] = [parseRange(text)?.ends, parseRange(range)?.ends];
    return (
      inner !== undefined && outer !== undefined && inner[0] >= outer[0] && inner[1] <= outer[1]
    );
  });

/** Two large ranges can contain every IPv4 address: 0.0.0.0/1 and 128.0.0.0/1. */
export function isVast(text: string): boolean {
  const { family, length = 128 } = parseRange(text) ?? {};
  return length < (family === "ipv4" ? 8 : 16);
}
