import { largest } from "../company.ts";
import { failed, nobodySilenced, type Scenario, type Stage } from "../scenario.ts";
import type { Of } from "../tally.ts";
import { hour, minute, today } from "../time.ts";

// Attackers who know user names but have no account.

const recoveries: Of = { groups: ["recoveries"], country: largest.country };
const calls: Of = { call: true, country: largest.country };

interface Resets {
  readonly everyMs: number;
  readonly hours: number;
  readonly call?: boolean;
}

/** An attacker requests password resets for these users, by turns. */
function resets(names: number, { everyMs, hours, ...how }: Resets) {
  return ({ world, company }: Stage): void => {
    const known = Array.from({ length: names }, () => company.hire(largest));
    for (let at = today + 9 * hour, nth = 0; at < today + (9 + hours) * hour; at += everyMs, nth++)
      world.add(at, (now) => {
        const person = known[nth % names];
        if (person !== undefined)
          world.request({ person, kind: "recovery", group: "attacker", ...how }, now);
      });
  };
}

const names = (count: number): Scenario => ({
  name: `names-${count}`,
  says: `recoveries, an attacker resets ${count} users by turns`,
  days: 3,
  shows: recoveries,
  happens: resets(count, { everyMs: minute, hours: 63 }),
  wants: [failed(0.1, recoveries, "recoveries FAILED"), nobodySilenced],
});
const namesByCall = (count: number): Scenario => ({
  name: `names-${count}-call`,
  says: `calls, an attacker resets ${count} users by voice call`,
  days: 3,
  shows: calls,
  happens: resets(count, { everyMs: minute, hours: 63, call: true }),
  wants: [failed(0.1, calls, "calls FAILED"), nobodySilenced],
});

export const userNames: readonly Scenario[] = [
  ...[12, 26].map(names),
  {
    ...names(0),
    name: "names-2000",
    says: "recoveries, an attacker resets 2,000 users in an hour",
    days: 1,
    happens: resets(2_000, { everyMs: 1_800, hours: 1 }),
  },
  ...[10, 13, 40].map(namesByCall),
];
