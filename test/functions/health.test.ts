import { HttpRequest, InvocationContext } from "@azure/functions";
import { createHealth } from "../../src/functions/health.ts";
import { createRefreshedValue } from "../../src/secrets/refresh.ts";
import { createFixedValue } from "../../src/secrets/refreshed-value.ts";
import { systemClock } from "../../src/timing/clock.ts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const warn = () => undefined;
const known = (value: string) =>
  createFixedValue({ name: "okta-hook-secret", value, minLength: 16, warn });
const loaded = known("0123456789abcdef");
const clock = systemClock;
const healthyOptions = {
  clock,
  problems: [],
  warnings: [],
  unknown: [],
  debug: [],
  needed: [loaded],
  secrets: [loaded],
};
const healthy = { status: 200, jsonBody: { status: "healthy" } };

async function ask(changes: Partial<Parameters<typeof createHealth>[0]> = {}, passing = 0) {
  const request = new HttpRequest({ method: "GET", url: "http://localhost/api/health" });
  let answer: unknown;
  const asked = createHealth({ ...healthyOptions, ...changes })(request, new InvocationContext());
  void Promise.resolve(asked).then((given) => (answer = given));
  await jest.advanceTimersByTimeAsync(passing);
  return answer;
}

function secretAfter(
  ms: number,
  values: readonly string[] = ["a"],
  name = "eight-by-eight-api-key",
) {
  const ages = { maxAgeMs: 600_000, outageMs: 3_600_000 };
  const versions = values.map((value) => ({ value }));
  const read = () => new Promise<typeof versions>((resolve) => setTimeout(resolve, ms, versions));
  return createRefreshedValue({ clock, name, count: 1, warn, read, ...ages });
}

test("if settings and secrets are valid, health returns 200 with the status only, and leaves no timer", async () => {
  expect(await ask()).toEqual(healthy);
  expect(jest.getTimerCount()).toBe(0);
});

test("health reports `eventsOnTime` only if Okta's events are not on time", async () => {
  for (const onTime of [true, undefined])
    expect(await ask({ eventsOnTime: () => onTime })).toEqual(healthy);
  expect(await ask({ eventsOnTime: () => false })).toEqual({
    status: 200,
    jsonBody: { status: "healthy", eventsOnTime: false },
  });
});

test("health names a setting that got a warning after the start", async () => {
  const warningsNow = () =>
    [{ name: "GUARD_EXEMPT_RANGES", warning: "words for the log" }] as const;
  expect(await ask({ warningsNow })).toEqual({
    status: 200,
    jsonBody: { status: "healthy", warnings: ["GUARD_EXEMPT_RANGES"] },
  });
});

test.each([
  [
    "a setting with a warning",
    { warnings: [{ name: "GUARD_MODE" as const, warning: "words for the log" }] },
    { warnings: ["GUARD_MODE"] },
  ],
  [
    "a secret that is too short",
    { secrets: [known("0123456789abcde")] },
    { weak: ["okta-hook-secret"] },
  ],
])("health names %s, and still returns 200", async (_, changes, named) => {
  expect(await ask(changes)).toEqual({ status: 200, jsonBody: { status: "healthy", ...named } });
});

test("health does not wait for an optional secret", async () => {
  expect(await ask({ secrets: [secretAfter(5_000)] })).toEqual(healthy);
});

test("health waits at most 1 s in total for the first reads of secrets, and then names missing secrets", async () => {
  expect(await ask({ needed: [loaded, secretAfter(900)] }, 899)).toBeUndefined();
  expect(await ask({ needed: [loaded, secretAfter(900)] }, 901)).toEqual(healthy);
  const needed = [
    secretAfter(5_000),
    loaded,
    secretAfter(6_000, ["a"], "slow"),
    secretAfter(0, [], "empty"),
  ];
  expect(await ask({ needed }, 999)).toBeUndefined();
  const missing = ["eight-by-eight-api-key", "slow", "empty"];
  expect(await ask({ needed }, 1_000)).toEqual({
    status: 503,
    jsonBody: { status: "unhealthy", missing },
  });
});
