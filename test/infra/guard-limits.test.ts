/** @jest-environment <rootDir>/test/infra/kusto-environment.ts */
import { load } from "../settings/sample-settings.ts";
import { runQuery } from "./kql-run.ts";
import type { Row } from "./kql-run.ts";
import { now, times } from "./samples/clock.ts";
import { anotherEvent, hook } from "./samples/hooks.ts";
import { refused, unauthenticated, us } from "./samples/outcomes.ts";
import { receipt } from "./samples/reports.ts";
import { readProjectFile } from "./snapshot.ts";

const query = readProjectFile("infra/queries/export/guard-limits.kql");
const types = {
  enrollment: "com.okta.user.telephony.pre-enrollment",
  signIn: "com.okta.user.telephony.mfa-verification",
  reset: "com.okta.user.telephony.password-reset",
};
const dayMinutes = 24 * 60;

interface Codes {
  readonly type?: keyof typeof types;
  readonly daysAgo?: number;
  readonly channel?: "SMS" | "Voice call";
  readonly users?: number;
}

function codes(count: number, given: Codes = {}): readonly Row[] {
  const { type = "signIn", daysAgo = 1, users = 50, channel = "SMS" } = given;
  const code = { number: "+6581234567", channel, minutes: daysAgo * dayMinutes, guard: {} };
  const row = hook({ outcome: "accepted", id: "an-id" }, code);
  const properties = row["customDimensions"] as Readonly<Record<string, string>>;
  return times(count, (i) => {
    const person = { oktaUserId: `user ${i % users}`, phoneHash: `phone ${i % users}` };
    return { ...row, customDimensions: { ...properties, ...person, requestType: types[type] } };
  });
}

function numbersFor(customEvents: readonly Row[], text = query) {
  const [row = {}] = runQuery(text, { customEvents }, now);
  const GUARD_COUNTRY_LIMITS = row["GUARD_COUNTRY_LIMITS"] as string;
  return Object.fromEntries(load({ GUARD_COUNTRY_LIMITS }).guard?.countryLimits ?? []);
}

const floors = { enrollments: 60, recoveries: 300, signIns: 1000, calls: 300 };
const others = { enrollments: 30, recoveries: 30, signIns: 80, calls: 60 };

it("the query guard-limits prints multiples of each country's busiest day", () => {
  const busy = [
    ...codes(120, { type: "enrollment", users: 40 }),
    ...codes(70, { type: "reset" }),
    ...codes(400),
    ...codes(90, { channel: "Voice call" }),
  ];
  const quiet = [...codes(50, { daysAgo: 3 }), ...codes(30, { type: "enrollment", daysAgo: 3 })];
  expect(numbersFor([...busy, ...quiet])).toEqual({
    SG: { enrollments: 80, recoveries: 350, signIns: 2940, calls: 450 },
    "*": others,
  });
});

it("the query guard-limits prints minimum limits for a country with few codes", () => {
  expect(numbersFor(codes(9))).toEqual({ SG: floors, "*": others });
});

it("the query guard-limits leaves out a country with only four users", () => {
  expect(numbersFor(codes(900, { users: 4 }))).toEqual({ "*": others });
});

it("the query guard-limits leaves out days that are listed as days of an attack", () => {
  const attack = codes(900, { daysAgo: 2 });
  const without = query.replace("2000-01-01", "2029-12-30");
  expect(numbersFor([...codes(9), ...attack], without)).toEqual({ SG: floors, "*": others });
});

it("the query guard-limits reads only codes that the phone policy allowed", () => {
  const unjudged = [refused({ number: us }), unauthenticated(), receipt()];
  expect(numbersFor([...unjudged, ...codes(50).map(anotherEvent)])).toEqual({ "*": others });
});
