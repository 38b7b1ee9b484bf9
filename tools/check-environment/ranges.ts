import { isIPv4, isIPv6 } from "node:net";

interface Range {
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
  return hasHostBits ? undefined : { length: Number(length), family };
}

function bitsOf(address: string): string {
  const bytes = address.split(".").map((byte) => Number(byte).toString(2).padStart(8, "0"));
  return bytes.join("");
}

export const isRange = (text: string): boolean => parseRange(text) !== undefined;

/** Two large ranges can contain every IPv4 address: 0.0.0.0/1 and 128.0.0.0/1. */
export function isVast(text: string): boolean {
  const { family, length = 128 } = parseRange(text) ?? {};
  return length < (family === "ipv4" ? 8 : 16);
}
