import { persistent, signIn, usual } from "./behaviour.ts";
import type { Company } from "./company.ts";
import { day, firstDay, hour } from "./time.ts";
import type { World } from "./world.ts";

const [enrollmentShare, recoveryShare] = [0.03, 0.02];
const codesInASession = 1.087;
const weekendShare = 0.2;
/** By the hour: people come to work at nine. */
const byHour = [1, 1, 1, 1, 1, 2, 4, 8, 24, 28, 20, 16, 14, 16, 16, 14, 12, 10, 8, 6, 4, 4, 2, 2];
const allHours = byHour.reduce((sum, share) => sum + share);

/** Nothing reaches the phones of a country, or of any. */
export interface Outage {
  readonly from: number;
  readonly until: number;
  readonly country?: string;
}

export function isOut(outage: Outage | undefined, country: string, at: number): boolean {
  if (outage === undefined || at < outage.from || at >= outage.until) return false;
  return outage.country === undefined || outage.country === country;
}

/** What people ask for at their work, day by day. */
export function addUsualTraffic(
  world: World,
  company: Company,
  codesPerDay: number,
  until: number,
  outage?: Outage,
): void {
  const { random } = world;

  function addDay(today: number): void {
    const isWeekend = [0, 6].includes(new Date(today).getUTCDay());
    const sessions = Math.round((codesPerDay / codesInASession) * (isWeekend ? weekendShare : 1));
    for (let index = 0; index < sessions; index++) {
      const at = today + timeOfDay(random.share());
      const share = random.share();
      const kind =
        share < enrollmentShare ? "enrollment" : share < enrollmentShare + recoveryShare ? "recovery" : "sign-in";
      const person = kind === "enrollment" ? company.hire() : company.anyone();
      const request = { person, kind, group: kind === "enrollment" ? "newcomers" : "people" } as const;
      if (outage === undefined || !isOut(outage, person.country, at)) signIn(world, request, at);
      else
        signIn(world, request, at, persistent, () => {
          // Once more, when word has gone round that codes arrive again.
          signIn(world, request, outage.until + random.share() * hour, usual);
        });
    }
    // A day at a time, so that what is planned stays small.
    if (today + day < until) world.add(today + day, addDay);
  }
  world.add(firstDay, addDay);
}

function timeOfDay(share: number): number {
  let left = share * allHours;
  for (const [index, ofHour] of byHour.entries()) {
    if (left < ofHour) return (index + left / ofHour) * hour;
    left -= ofHour;
  }
  return 0;
}
