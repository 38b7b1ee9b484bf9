import { largest, type Person } from "../company.ts";
import { failed, nobodySilenced, type Scenario, type Stage } from "../scenario.ts";
import { day, hour, monday, today } from "../time.ts";
import { signIn } from "../traffic.ts";

// Weeks without attacks.

/**
 * A front desk's phone. Its own account signs in 15 times a day, and 30 times on the first day. Ten
 * colleagues use the same phone.
 */
function sharedPhones({ world, company, until }: Stage): void {
  const { random } = world;
  const desk = company.hire(largest);
  const atDesk = (person: Person): Person => ({
    ...person,
    phoneKey: desk.phoneKey,
    range: desk.range,
  });
  const colleagues = Array.from({ length: 10 }, () => atDesk(company.hire(largest)));
  for (let at = today; at < until; at += day) {
    const visits = [
      ...Array<Person>(at === today ? 30 : 15).fill(desk),
      ...colleagues,
      ...colleagues,
    ];
    for (const person of visits)
      signIn(
        world,
        { person, kind: "sign-in", group: "sign-ins" },
        at + (7 + 12 * random.share()) * hour,
      );
  }
  // A new shift enrolls the phone within an hour.
  for (let index = 0; index < 10; index++)
    signIn(
      world,
      { person: atDesk(company.hire(largest)), kind: "enrollment", group: "newcomers" },
      today + (8 + random.share()) * hour,
    );
}

const week = { says: "usual weeks", days: 7, wants: [failed(0.001), nobodySilenced] } as const;
const signIns = { groups: ["sign-ins"] } as const;
const withoutFeed = {
  says: "sign-ins in usual weeks, Okta's events dead or late",
  days: 7,
  shows: signIns,
  wants: [failed(0.001, signIns, "sign-ins FAILED"), nobodySilenced],
} as const;
const outage = { from: monday + 9 * hour, until: monday + 12 * hour };
const afterOutage = {
  says: "after an outage of three hours",
  hours: [5 * 24 + 12, 5 * 24 + 15],
  wants: [
    failed(0.05, { call: false }, "FAILED without calls"),
    failed({ 200: 0.05, 1_000: 0.15, 5_000: 0.2 }),
    nobodySilenced,
  ],
} as const;

export const usual: readonly Scenario[] = [
  { name: "usual", ...week },
  { name: "usual-half", ...week, numbers: "of half" },
  { name: "usual-none", ...week, numbers: "none" },
  { name: "usual-anonymous", ...week, anonymous: true },
  { name: "usual-off", ...week, feed: "off" },
  { name: "feed-dead", ...withoutFeed, feed: "dead", numbers: "start" },
  { name: "feed-dead-alone", ...withoutFeed, feed: "dead", numbers: "start", countries: 1 },
  { name: "feed-dead-suggested", ...withoutFeed, feed: "dead" },
  { name: "feed-dead-half", ...withoutFeed, feed: "dead", numbers: "of half" },
  { name: "feed-dies", ...withoutFeed, feed: "dies", numbers: "start" },
  { name: "feed-off", ...withoutFeed, feed: "off", numbers: "start" },
  { name: "feed-late", ...withoutFeed, feed: "two hours late", numbers: "start" },
  { name: "feed-ten-minutes", ...withoutFeed, feed: "10 minutes late", numbers: "start" },
  { name: "shared-phones", ...week, says: "shared phones", happens: sharedPhones },
  { name: "outage", ...afterOutage, outage: { ...outage, country: largest.country } },
  { name: "outage-everywhere", ...afterOutage, outage },
  { name: "outage-start", ...afterOutage, outage, numbers: "start" },
];
