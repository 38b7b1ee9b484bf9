import { signIn } from "./behaviour.ts";
import { keyOf, largest, type Company } from "./company.ts";
import { day, hour, minute } from "./time.ts";
import type { World } from "./world.ts";

// What happens at a company beside its usual traffic. All of these people are real.

export interface Stage {
  readonly world: World;
  readonly company: Company;
  /** The first judged day. */
  readonly today: number;
  readonly until: number;
}

/** A front desk whose account has 15 sign-ins a day, and once 30; and a phone on which ten people have an account each. */
export function sharedPhones({ world, company, today, until }: Stage): void {
  const { random } = world;
  const desk = company.hire(largest);
  const colleagues = Array.from({ length: 10 }, () => ({
    ...company.hire(largest),
    phoneKey: desk.phoneKey,
    range: desk.range,
  }));
  for (let at = today - 7 * day; at < until; at += day) {
    const atWork = () => at + (7 + 12 * random.share()) * hour;
    const visits = at === today - day ? 30 : 15;
    for (let index = 0; index < visits; index++)
      signIn(world, { person: desk, kind: "sign-in", group: "people" }, atWork());
    for (const person of colleagues)
      for (let index = 0; index < 2; index++) signIn(world, { person, kind: "sign-in", group: "people" }, atWork());
  }
  // A new shift enrolls the phone within an hour.
  for (const person of Array.from({ length: 10 }, () => company.hire(largest)))
    signIn(
      world,
      { person: { ...person, phoneKey: desk.phoneKey, range: desk.range }, kind: "enrollment", group: "newcomers" },
      today + 8 * hour + random.share() * hour,
    );
}

/** Company SIM cards of one range, which nobody has exempted. */
export function simCards({ world, company, today }: Stage): void {
  for (let index = 0; index < 150; index++) {
    const person = { ...company.hire(largest), range: "+44900000" };
    signIn(world, { person, kind: "enrollment", group: "roll-out" }, today + 10 * hour + world.random.share() * hour);
  }
}

/** So many new people of the largest country enroll in a working day. */
export function enrollMany(people: number) {
  return ({ world, company, today }: Stage): void => {
    for (let index = 0; index < people; index++)
      signIn(
        world,
        { person: company.hire(largest), kind: "enrollment", group: "roll-out" },
        today + 8 * hour + world.random.share() * 8 * hour,
      );
  };
}

/** Strangers do all they can to one person, who works on. */
export function harm({ world, company, today, until }: Stage): void {
  const { random } = world;
  const person = company.hire(largest);
  const codes = (kind: "enrollment" | "recovery", everyMs: number) => {
    for (let at = today; at < until; at += everyMs)
      world.add(at, (now) => {
        // An enrollment is of an account of theirs, with the person's number.
        const stranger = kind === "enrollment" ? { ...person, userKey: keyOf("stranger", random.below(50)) } : person;
        world.request({ person: stranger, kind, group: "attacker" }, now);
      });
  };
  codes("enrollment", 5 * minute);
  codes("recovery", 4 * minute);
  for (let at = today; at < until; at += day) {
    for (const kind of ["sign-in", "sign-in", "sign-in", "sign-in", "sign-in", "recovery"] as const)
      signIn(world, { person, kind, group: "victim" }, at + (8 + 10 * random.share()) * hour);
    // A new phone of the same person, whose number strangers do not know.
    const newPhone = { ...person, phoneKey: keyOf("new phone", at / day) };
    signIn(world, { person: newPhone, kind: "enrollment", group: "victim" }, at + 12 * hour);
  }
}
