import { createCompany, largest } from "./company.ts";
import type { Random } from "./random.ts";
import { createSession, day, hour, nothingArrives, usualHabit, type Session } from "./session.ts";

const days = 16;
/** A Monday, so that the last day is a working one. */
const firstDay = Date.parse("2030-01-07T00:00:00Z");
/** The last day is judged; the others are what the guard has learned from. */
export const judgedDay = firstDay + (days - 1) * day;

const enrolmentShare = 0.03;
const codesInASession = 1.087;
const weekendShare = 0.2;
/** By the hour: people come to work at nine. */
const byHour = [1, 1, 1, 1, 1, 2, 4, 8, 24, 28, 20, 16, 14, 16, 16, 14, 12, 10, 8, 6, 4, 4, 2, 2];
const allHours = byHour.reduce((sum, share) => sum + share);

export interface Outage {
  readonly fromHour: number;
  readonly untilHour: number;
}

/** What a company asks for in 16 days. In an outage nothing reaches its largest country on the last one. */
export function createTraffic(codesPerDay: number, random: Random, outage?: Outage): Session[] {
  const company = createCompany(codesPerDay, random);
  const sessions: Session[] = [];
  for (let today = firstDay; today <= judgedDay; today += day) {
    const isWeekend = [0, 6].includes(new Date(today).getUTCDay());
    const count = Math.round((codesPerDay / codesInASession) * (isWeekend ? weekendShare : 1));
    for (let index = 0; index < count; index++) {
      const at = today + timeOfDay(random);
      const enrols = random.share() < enrolmentShare;
      const person = enrols ? company.newcomer() : company.anyone();
      const isOut = outage !== undefined && person.country === largest.country && isWithin(outage, at);
      const habit = isOut ? nothingArrives : usualHabit;
      sessions.push(createSession({ ...person, requestType: enrols ? "enrolment" : "other" }, at, habit, random));
    }
  }
  return sessions;
}

function isWithin({ fromHour, untilHour }: Outage, at: number): boolean {
  return at >= judgedDay + fromHour * hour && at < judgedDay + untilHour * hour;
}

function timeOfDay(random: Random): number {
  let left = random.share() * allHours;
  const index = byHour.findIndex((share) => (left -= share) < 0);
  return (Math.max(index, 0) + random.share()) * hour;
}
