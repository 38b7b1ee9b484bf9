import type { CodeKind } from "../../src/delivery/otp-delivery.ts";
import { keyOf, largest, publicRange, type Person } from "./company.ts";
import type { Stage } from "./events.ts";
import { day, hour, minute } from "./time.ts";

// Codes that are sent for the money which each message earns. None is used.

interface Pump {
  readonly codes: number;
  readonly fromHour: number;
  readonly hours: number;
  readonly kind: CodeKind;
  readonly where: (random: Stage["world"]["random"]) => Pick<Person, "range" | "country">;
  readonly accounts?: number;
}

const accounts = 700;

function pump({ world, today }: Stage, { codes, fromHour, hours, kind, where, accounts: of = accounts }: Pump): void {
  const { random } = world;
  for (let index = 0; index < codes; index++)
    world.add(today + (fromHour + random.share() * hours) * hour, (now) => {
      const userKey = keyOf("account", random.below(of));
      const phoneKey = kind === "enrollment" ? keyOf("pumped", index) : `${userKey} phone`;
      world.request({ person: { phoneKey, userKey, ...where(random) }, kind, group: "attacker" }, now);
    });
}

const served = { country: largest.country };
const inRanges =
  (count: number): Pump["where"] =>
  (random) => ({ ...served, range: publicRange(largest, random.below(count)) });

/** 500 an hour into three ranges of the largest country. */
export function pumpServed(stage: Stage, fromHour = 10): void {
  pump(stage, { codes: 2_000, fromHour, hours: 4, kind: "enrollment", where: inRanges(3) });
}

/** 200 an hour over 200 ranges of it. */
export function slowPump(stage: Stage): void {
  pump(stage, { codes: 2_000, fromHour: 8, hours: 10, kind: "enrollment", where: inRanges(200) });
}

/** Somebody who knows user names asks for codes to reset their passwords. */
export const unusedRecoveries =
  (count: number) =>
  ({ world, company, today }: Stage): void => {
    for (let index = 0; index < count; index++)
      world.add(today + 9 * hour + world.random.share() * hour, (now) => {
        world.request({ person: company.anyone(), kind: "recovery", group: "stranger" }, now);
      });
  };

/** 500 accounts with stolen passwords, each 20 codes a day. */
export const steadily =
  (days: number, kind: CodeKind) =>
  (stage: Stage): void => {
    for (let nth = 0; nth < days; nth++)
      pump(
        { ...stage, today: stage.today + nth * day },
        { codes: 10_000, fromHour: 0, hours: 24, kind, where: inRanges(50), accounts: 500 },
      );
  };

export function unknownKind(stage: Stage): void {
  pump(stage, { codes: 10_000, fromHour: 0, hours: 24, kind: "unknown", where: inRanges(50) });
}

/** Countries in which nobody works. */
export function unplannedCountries(stage: Stage): void {
  const where: Pump["where"] = (random) => {
    const index = random.below(60);
    return { country: `X${index}`, range: `+9${100 + index}7000` };
  };
  pump(stage, { codes: 10_000, fromHour: 0, hours: 24, kind: "enrollment", where });
}

export function foreignCountry(stage: Stage): void {
  const where: Pump["where"] = (random) => ({ country: "UZ", range: `+99870000${random.below(3)}` });
  pump(stage, { codes: 2_000, fromHour: 8, hours: 4, kind: "enrollment", where });
}

/** The table is down, and an instance starts each half hour. */
export function restarts(stage: Stage): void {
  const { world, today } = stage;
  for (let at = today + 10 * hour; at < today + 12.5 * hour; at += 30 * minute) world.add(at, world.restart);
  pump(stage, { codes: 1_500, fromHour: 10, hours: 2.5, kind: "enrollment", where: inRanges(3) });
}
