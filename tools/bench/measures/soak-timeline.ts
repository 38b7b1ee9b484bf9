import type { Outage } from "../stand-ins/azure.ts";

/** What goes on at one moment of the soak. */
export interface Moment {
  readonly outage: Outage | undefined;
  /** The hook secret's newest version in the vault, and the one that Okta sends. */
  readonly newest: number;
  readonly oktas: number;
  /** How many come at this moment. */
  readonly strangers: number;
  readonly outages: number;
}

const outages: readonly Outage[] = [
  { of: "vault", fault: "down" },
  { of: "identity", fault: "hang" },
  { of: "vault", fault: "hang" },
  { of: "identity", fault: "down" },
  { of: "ingestion", fault: "down" },
  { of: "vault", fault: "error" },
  { of: "ingestion", fault: "hang" },
  { of: "ingestion", fault: "error" },
];

const seconds = 1_000;
const outageMs = 4 * seconds;
const rotationMs = 20 * seconds;
/** Between a secret's being readable and Okta's using it: somebody has looked whether it works. */
const switchDelayMs = 2 * seconds;
/** That somebody does not switch while something is just going wrong. */
const calmMs = 2 * seconds;
const calmAfterwardsMs = 5 * seconds;
/**
 * How long an outage is felt when it is over. A request for a token that met it is waited for by
 * all, for 5 s, and the SDK asks again 3 s later.
 */
const aftermathMs: Readonly<Record<Outage["of"], number>> = {
  vault: 0,
  identity: 8 * seconds,
  ingestion: 0,
};
const strangersMs = 7 * seconds;
const burst = 300;

/** Outages, rotations and strangers, each in its own rhythm, so that they meet in every order. */
export function createTimeline() {
  let now = 0;
  let started = -1;
  let outage: Outage | undefined;
  let until = calmAfterwardsMs;
  let readableFrom = 0;
  let newest = 1;
  let oktas = 1;
  let rotateAt = rotationMs;
  let strangersAt = strangersMs;

  function turn(): void {
    if (outage === undefined) {
      outage = outages[++started % outages.length];
      until = now + outageMs;
    } else {
      readableFrom = now + aftermathMs[outage.of];
      until = readableFrom + switchDelayMs + calmAfterwardsMs;
      outage = undefined;
    }
  }

  return {
    advance(ms: number): Moment {
      now += ms;
      if (now >= until) turn();
      if (now >= rotateAt && oktas === newest) {
        newest += 1;
        rotateAt = now + rotationMs;
        readableFrom = Math.max(readableFrom, now);
      }
      const works = outage === undefined || outage.of === "ingestion";
      if (works && now >= readableFrom + switchDelayMs && now <= until - calmMs) oktas = newest;
      const strangers = now >= strangersAt ? burst : 0;
      if (strangers > 0) strangersAt += strangersMs;
      return { outage, newest, oktas, strangers, outages: started + 1 };
    },
  };
}
