/** @jest-environment <rootDir>/test/infra/kusto-environment.ts */
import { runQuery } from "./kql-run.ts";
import type { Row } from "./kql-run.ts";
import { minutesAgo, now } from "./samples/clock.ts";
import { anotherEvent, hook, unauthenticatedSum } from "./samples/hooks.ts";
import { readProjectFile } from "./snapshot.ts";

// The first number has a calling code but no country, because it may be in Jersey.
const [gb, sg] = ["+447700900123", "+6581234567"];
const timings = (ms: number) => ({ authenticateMs: 1, parseMs: 2, decideMs: 3, sendMs: ms });

const wanted = hook(
  { outcome: "rejected", reason: "invalid-number", code: "1002" },
  { minutes: 30, number: sg, durationMs: 400, timings: timings(300) },
);
const customEvents = [
  hook(
    { outcome: "accepted", id: "an-id" },
    { minutes: 10, number: gb, durationMs: 100, timings: timings(90) },
  ),
  hook(
    { outcome: "accepted" },
    { minutes: 20, number: gb, durationMs: 200, timings: timings(190) },
  ),
  wanted,
  hook(
    { outcome: "accepted" },
    { minutes: 70, number: sg, channel: "Voice call", durationMs: 500, timings: timings(450) },
  ),
  hook(
    { outcome: "accepted" },
    { minutes: 71, number: "+8613800138000", durationMs: 300, timings: timings(250) },
  ),
  hook(
    { outcome: "unconfirmed", reason: "deadline" },
    {
      minutes: 72,
      number: gb,
      durationMs: 2500,
      timings: timings(2400),
      provider: "second-hook",
      otherReason: "unreachable",
    },
  ),
  hook(
    { outcome: "unavailable", reason: "invalid-settings" },
    { minutes: 73, invalidSettings: ["HOOK_BUDGET_MS"], durationMs: 5 },
  ),
  hook(
    { outcome: "refused", reason: "country-blocked" },
    { minutes: 74, number: gb, durationMs: 2000 },
  ),
  hook({ outcome: "unauthenticated", reason: "wrong-secret" }, { minutes: 75 }),
  unauthenticatedSum(40, 75),
  anotherEvent(wanted),
];
const show = (name: string): readonly Row[] =>
  runQuery(readProjectFile(`infra/queries/workbook/${name}.kql`), { customEvents }, now);
const hour = (hours: number) => new Date(`2030-01-01T${hours}:00:00Z`);

// Queries without an order return rows in the order of their groups.
describe("requests of a morning", () => {
  it("the workbook shows the number of all requests and of accepted codes", () => {
    expect(show("totals")).toEqual([
      {
        Hooks: 49,
        Accepted: 4,
        AcceptedPercent: 57.1,
        p95Ms: 2500,
        SentByOkta: null,
        WithoutOktaPercent: null,
        BudgetLeftPercent: null,
      },
    ]);
  });

  it("the workbook shows the outcomes of requests by hour", () => {
    expect(show("outcomes")).toEqual([
      { Outcome: "accepted", timestamp: hour(10), Hooks: 2 },
      { Outcome: "accepted", timestamp: hour(11), Hooks: 2 },
      { Outcome: "refused", timestamp: hour(10), Hooks: 1 },
      { Outcome: "rejected", timestamp: hour(11), Hooks: 1 },
      { Outcome: "unauthenticated", timestamp: hour(10), Hooks: 41 },
      { Outcome: "unavailable", timestamp: hour(10), Hooks: 1 },
      { Outcome: "unconfirmed", timestamp: hour(10), Hooks: 1 },
    ]);
  });

  it("the workbook shows by hour how long requests that reached 8x8 took, and how long their steps took", () => {
    expect(show("durations")).toEqual([
      { timestamp: hour(10), p50: 300, p95: 2500, p99: 2500, AuthenticateP95: 1, SendP95: 2400 },
      { timestamp: hour(11), p50: 200, p95: 400, p99: 400, AuthenticateP95: 1, SendP95: 300 },
    ]);
  });

  it("the workbook shows codes by country, and how many the phone policy would have refused", () => {
    const none = { Accepted: 0, Refused: 0, Failed: 0, Unconfirmed: 0, Recorded: 0 };
    expect(show("countries")).toMatchObject([
      { ...none, Country: "44", Channel: "sms", Hooks: 4, Accepted: 2, Refused: 1, Unconfirmed: 1 },
      { ...none, Country: "CN", Channel: "sms", Hooks: 1, Accepted: 1, Recorded: 1 },
      { ...none, Country: "SG", Channel: "sms", Hooks: 1, Failed: 1 },
      { ...none, Country: "SG", Channel: "voice", Hooks: 1, Accepted: 1 },
    ]);
  });

  it("the workbook shows why codes were not accepted by either provider, most frequent reason first", () => {
    const none = {
      Provider: "",
      Reason: "",
      OtherReason: "",
      ProviderCode: "",
      WrongSettings: "",
      Countries: 1,
      Hooks: 1,
    };
    expect(show("reasons")).toEqual([
      { ...none, Outcome: "unauthenticated", Hooks: 40, Last: minutesAgo(75) },
      { ...none, Outcome: "refused", Reason: "country-blocked", Last: minutesAgo(74) },
      {
        ...none,
        Outcome: "rejected",
        Provider: "8x8",
        Reason: "invalid-number",
        ProviderCode: "1002",
        Last: minutesAgo(30),
      },
      { ...none, Outcome: "unauthenticated", Reason: "wrong-secret", Last: minutesAgo(75) },
      {
        ...none,
        Outcome: "unavailable",
        Provider: "8x8",
        Reason: "invalid-settings",
        WrongSettings: "HOOK_BUDGET_MS",
        Last: minutesAgo(73),
      },
      {
        ...none,
        Outcome: "unconfirmed",
        Provider: "second-hook",
        Reason: "deadline",
        OtherReason: "unreachable",
        Last: minutesAgo(72),
      },
    ]);
  });
});
