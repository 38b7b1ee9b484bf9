import type { Company } from "./company.ts";
import { day, hour, second, type Time } from "./time.ts";
import type { Request, World } from "./world.ts";

const [enrollmentShare, recoveryShare] = [0.03, 0.02];
const codesInASession = 1.087;
const weekendShare = 0.12;
/** Share of codes by hour of the day. Work starts at nine. */
const byHour = [1, 1, 1, 1, 1, 2, 4, 8, 24, 28, 20, 16, 14, 16, 16, 14, 12, 10, 8, 6, 4, 4, 2, 2];
const allHours = byHour.reduce((sum, share) => sum + share);

/**
 * Shares of people who ask again although a code arrived, who use a code that arrived, and who ask
 * again because no code arrived.
 */
const [againShare, useShare, insistShare] = [0.08, 0.93, 0.65];
const triesAtMost = 6;

/** A person asks for codes until they use one or give up. */
export function signIn(
  world: World,
  request: Request,
  at: number,
  gaveUp: () => void = () => undefined,
): void {
  const { random } = world;
  const session = { refused: false, received: false };
  const attempt = (nth: number) => (now: number) => {
    const { refused, arrives, use } = world.request(request, now);
    session.refused ||= refused;
    session.received ||= arrives;
    const asksAgain = random.share() < (arrives ? againShare : insistShare);
    if (asksAgain && nth < triesAtMost)
      // Okta makes people wait 30 s between two requests.
      world.add(now + random.between(30, 120) * second, attempt(nth + 1));
    else if (arrives && random.share() < useShare)
      world.add(now + random.between(10, 50) * second, use);
    else if (!session.received) {
      if (session.refused) world.receivedNothing(request, now);
      gaveUp();
    }
  };
  world.add(at, attempt(1));
}

/** Time in which no code arrives in the country, or in any country if `country` is undefined. */
export interface Outage extends Time {
  readonly country?: string;
}

export function isOut(outage: Outage | undefined, country: string, at: number): boolean {
  if (outage === undefined || at < outage.from || at >= outage.until) return false;
  return outage.country === undefined || outage.country === country;
}

/** Adds the codes of normal days. */
export function addUsualTraffic(
  world: World,
  company: Company,
  codesPerDay: number,
  { from, until }: Time,
  outage?: Outage,
): void {
  const { random } = world;

  function addDay(today: number): void {
    const isWeekend = [0, 6].includes(new Date(today).getUTCDay());
    const sessions = Math.round((codesPerDay / codesInASession) * (isWeekend ? weekendShare : 1));
    for (let index = 0; index < sessions; index++) {
      const at = today + timeOfDay(random.share());
      const share = random.share();
      const [kind, group] =
        share < enrollmentShare
          ? (["enrollment", "newcomers"] as const)
          : share < enrollmentShare + recoveryShare
            ? (["recovery", "recoveries"] as const)
            : (["sign-in", "sign-ins"] as const);
      const request = {
        person: kind === "enrollment" ? company.hire() : company.anyone(),
        kind,
        group,
      };
      signIn(world, request, at, () => {
        // People try again within an hour after the outage.
        if (outage !== undefined && isOut(outage, request.person.country, at))
          signIn(world, request, outage.until + random.share() * hour);
      });
    }
    // One day at a time keeps the queue small.
    if (today + day < until) world.add(today + day, addDay);
  }
  world.add(from, addDay);
}

function timeOfDay(share: number): number {
  let left = share * allHours;
  for (const [index, ofHour] of byHour.entries()) {
    if (left < ofHour) return (index + left / ofHour) * hour;
    left -= ofHour;
  }
  return 0;
}
