/** 64 bits that stand for a key. The lowest of `high` is set where values are sets of 16 members, not counts. */
export interface Fingerprint {
  readonly low: number;
  readonly high: number;
}

/** Two of a million keys have the same once in 18 million tries. What must not be turned back comes as an HMAC. */
export function fingerprintOf(key: string, isSet = false): Fingerprint {
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  for (let index = 0; index < key.length; index++) {
    const char = key.charCodeAt(index);
    low = Math.imul(low ^ char, 0x85ebca77);
    high = Math.imul(high ^ char, 0xc2b2ae3d);
  }
  low = mix(low ^ Math.imul(high ^ (high >>> 15), 0x735a2d97));
  high = mix(high ^ Math.imul(low ^ (low >>> 16), 0xcaf649a9));
  return { low: low >>> 0, high: (isSet ? high | 1 : high & ~1) >>> 0 };
}

export function isSet({ high }: Fingerprint): boolean {
  return (high & 1) === 1;
}

/** All that is told of a key that has had one code. */
export function shorten({ low, high }: Fingerprint): Fingerprint {
  return { low, high: high & 1 };
}

/** The bits in base64url: half of them where it is shortened. */
export function textOf({ low, high }: Fingerprint): string {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(low, 0);
  bytes.writeUInt32LE(high, 4);
  return bytes.toString("base64url", 0, high > 1 ? 8 : 4);
}

/** @param ofSet Of a set's, where it is shortened. */
export function fingerprintIn(text: string, ofSet: boolean): Fingerprint | undefined {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.length === 4) return { low: bytes.readUInt32LE(0), high: ofSet ? 1 : 0 };
  return bytes.length === 8 ? { low: bytes.readUInt32LE(0), high: bytes.readUInt32LE(4) } : undefined;
}

function mix(bits: number): number {
  const half = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  const mixed = Math.imul(half ^ (half >>> 15), 0x846ca68b);
  return mixed ^ (mixed >>> 16);
}
