import { systemClock } from "../../src/timing/clock.ts";
import { HttpRequest, InvocationContext } from "@azure/functions";
import { createHealth } from "../../src/functions/health.ts";
import { RefreshedSecret } from "../../src/secrets/refreshed-secret.ts";
import { knownSecret, type Secret, type SecretSettings, type Values } from "../../src/secrets/secret.ts";
import type { Settings } from "../../src/settings/settings.ts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const ignore = () => undefined;
const request = new HttpRequest({ method: "GET", url: "http://localhost/api/health" });

const good = { clock: systemClock, problems: [], doubts: [], unknown: [], debug: [], optional: [] };

/** Asks, lets so much time pass, and gives the answer if there is one by then. */
async function ask(settings: Partial<Settings>, secrets: Secret[], passing = 0) {
  const health = createHealth({ ...good, needed: secrets, ...settings });
  let answer: unknown;
  void Promise.resolve(health(request, new InvocationContext())).then((given) => (answer = given));
  await jest.advanceTimersByTimeAsync(passing);
  return answer;
}

const known = (value: string) => knownSecret({ name: "okta-hook-secret", value, minLength: 16, warn: ignore });
const loaded = known("0123456789abcdef");
const inVault = (name: string, read: SecretSettings["read"]) =>
  new RefreshedSecret({
    clock: systemClock,
    name,
    count: 1,
    maxAgeMs: 600_000,
    outageMs: 3_600_000,
    read,
    warn: ignore,
  });
const arrivesAfter = (ms: number, values: Values = ["a"], name = "eight-by-eight-api-key") =>
  inVault(
    name,
    () =>
      new Promise((resolve) =>
        setTimeout(() => {
          resolve(values.map((value) => ({ value })));
        }, ms),
      ),
  );
const unhealthy = (...missing: string[]) => ({ status: 503, jsonBody: { status: "unhealthy", missing } });

test("is 200 where settings are right and secrets are loaded, and says no more", async () => {
  expect(await ask({}, [loaded, loaded])).toEqual({ status: 200, jsonBody: { status: "healthy" } });
});

const problem = (kind: "missing" | "wrong", name: string) => ({ kind, name, problem: "words for the log" });

test("is 503 with the missing settings and the wrong ones by name, apart", async () => {
  const problems = [problem("missing", "KEY_VAULT_URL"), problem("wrong", "HOOK_BUDGET_MS")];
  expect(await ask({ problems }, [])).toEqual({
    status: 503,
    jsonBody: { status: "unhealthy", missing: ["KEY_VAULT_URL"], wrong: ["HOOK_BUDGET_MS"] },
  });
});

test("names what looks like a setting and is none, and is 200 all the same", async () => {
  expect(await ask({ unknown: ["OKTA_HOOK_SECRET_NMAE"] }, [loaded])).toEqual({
    status: 200,
    jsonBody: { status: "healthy", unknown: ["OKTA_HOOK_SECRET_NMAE"] },
  });
});

test("names once a setting that is doubtful in several countries, and is 200 all the same", async () => {
  const name = "EIGHT_BY_EIGHT_SMS_SENDER";
  const doubts = (["US", "CA"] as const).map((country) => ({ name, country, doubt: "words for the log" }) as const);
  expect(await ask({ doubts }, [loaded])).toEqual({ status: 200, jsonBody: { status: "healthy", doubtful: [name] } });
});

test("names a secret that is so short that it can be guessed, and is 200 all the same", async () => {
  expect(await ask({}, [known("0123456789abcde"), loaded])).toEqual({
    status: 200,
    jsonBody: { status: "healthy", weak: ["okta-hook-secret"] },
  });
});

test("is 200 without a secret that may be absent, read or not, and names one that is there and short", async () => {
  const answers = async (optional: Secret) => {
    let answer: unknown;
    const health = createHealth({ ...good, needed: [loaded], optional: [optional] });
    void Promise.resolve(health(request, new InvocationContext())).then((given) => (answer = given));
    await jest.advanceTimersByTimeAsync(0);
    return answer;
  };
  expect(await answers(arrivesAfter(5_000))).toEqual({ status: 200, jsonBody: { status: "healthy" } });
  expect(await answers(known(""))).toMatchObject({ status: 200, jsonBody: { weak: ["okta-hook-secret"] } });
});

test("is 503 once the last good values are older than an outage may be", async () => {
  let reads = 0;
  const secret = inVault("okta-hook-secret", () =>
    reads++ === 0 ? Promise.resolve([{ value: "a" }]) : Promise.reject(new Error("secret words")),
  );
  await jest.advanceTimersByTimeAsync(3_599_000);
  expect(await ask({}, [secret])).toMatchObject({ status: 200 });
  await jest.advanceTimersByTimeAsync(2_000);
  expect(await ask({}, [secret], 1_000)).toEqual(unhealthy("okta-hook-secret"));
});

test("waits for the first read of a secret", async () => {
  expect(await ask({}, [loaded, arrivesAfter(900)], 899)).toBeUndefined();
  expect(await ask({}, [loaded, arrivesAfter(900)], 901)).toEqual({ status: 200, jsonBody: { status: "healthy" } });
});

test("waits 1 s at most, for all secrets together, and names what is missing", async () => {
  const secrets = [arrivesAfter(5_000), loaded, arrivesAfter(6_000, ["a"], "another-secret")];
  expect(await ask({}, secrets, 999)).toBeUndefined();
  expect(await ask({}, secrets, 1_000)).toEqual(unhealthy("eight-by-eight-api-key", "another-secret"));
});

test("is 503 where the vault has no usable version, or does not answer", async () => {
  const failing = inVault("okta-hook-secret", () => Promise.reject(new Error("secret words")));
  expect(await ask({}, [arrivesAfter(0, []), failing], 1_000)).toEqual(
    unhealthy("eight-by-eight-api-key", "okta-hook-secret"),
  );
});

test("gives no value away", async () => {
  const secrets = [known("s3cret-value"), arrivesAfter(5_000)];
  expect(JSON.stringify(await ask({ problems: [problem("wrong", "HOOK_BUDGET_MS")] }, secrets, 1_000))).not.toContain(
    "s3cret-value",
  );
});

test("leaves no timer of its own behind", async () => {
  await ask({}, [loaded]);
  expect(jest.getTimerCount()).toBe(0);
});
