import type { Fault } from "../../tools/sandbox/8x8.ts";
import { authenticatedBy } from "../../tools/sandbox/okta.ts";
import { createEventHookOf } from "../app.ts";
import {
  numberOf,
  startWorld,
  userOf,
  type Answered,
  type Channel,
  type Person,
  type World,
  type WorldOptions,
} from "./outage-world.ts";

let world: World;
afterEach(() => world.close());

const hang = { fault: "hang" } as const;
const down = { fault: "503" } as const;
const eventSecret = "the-event-secret-of-the-tests";
const seconds = (count: number) => count * 1_000;

/** Sends a code to each person, one after the other. */
async function askAll(people: readonly Person[], channel: Channel = "sms"): Promise<Answered[]> {
  const all = [];
  for (const person of people) all.push(await world.ask(person, channel));
  return all;
}

/** Returns whom the app asks for a code, in order. */
async function asked(person: Person, channel: Channel = "sms"): Promise<string> {
  const { attempts } = await world.ask(person, channel);
  return attempts.map((attempt) => attempt.replace(/ .*/, "")).join(", ");
}

async function startOutage(options: Partial<WorldOptions> = {}): Promise<void> {
  await startOutageAlone({ second: 50, ...options });
}

async function startOutageAlone(options: Partial<WorldOptions> = {}): Promise<void> {
  world = await startWorld({ eightByEight: down, ...options });
  await askAll([1, 2, 3]);
}

describe("an outage of 8x8", () => {
  test.each<[string, Fault]>([
    ["deadline", hang],
    ["provider-error", { fault: "500" }],
    ["provider-error", down],
    ["connection-cut", { fault: "reset" }],
    ["unreadable-answer", { fault: "garbage" }],
    ["redirected", { fault: "302" }],
    ["key-rejected", { fault: "401" }],
    ["forbidden", { fault: "not-created", statusCode: 1201, status: 403 }],
    ["wrong-subaccount", { fault: "not-created", statusCode: 1001, status: 404 }],
    ["insecure-protocol", { fault: "not-created", statusCode: 1014, status: 426 }],
    ["no-credit", { fault: "not-created", statusCode: 2007, status: 402 }],
  ])("begins when three people's codes fail with %s", async (reason, fault) => {
    world = await startWorld({ eightByEight: fault, second: 50 });
    for (const channel of ["sms", "voice"] as const) {
      for (const { attempts } of await askAll([1, 2, 3], channel))
        expect(attempts).toEqual([`8x8 ${reason}`, "second-hook accepted"]);
      const { text, ...answered } = await world.ask(4, channel);
      const outage = { otherReason: reason, passedOver: "8x8" };
      expect(answered).toMatchObject({ ms: 50, attempts: ["second-hook accepted"], ...outage });
      const { commands } = JSON.parse(text) as {
        commands: [{ value: [{ transactionMetadata: string }] }];
      };
      expect(JSON.parse(commands[0].value[0].transactionMetadata)).toMatchObject(outage);
    }
    const { status } = await fetch(`${world.app.url}/api/health`);
    expect(status).toBe(200);
  });

  test("begins when 8x8 is unreachable", async () => {
    const settings = { EIGHT_BY_EIGHT_SMS_URL: "http://127.0.0.1:1" };
    world = await startWorld({ eightByEight: 20, second: 50, settings });
    await askAll([1, 2, 3]);
    expect(await world.ask(4)).toMatchObject({ passedOver: "8x8", otherReason: "unreachable" });
  });

  const refused = (statusCode: number): Fault => ({
    fault: "not-created",
    statusCode,
    status: 400,
  });
  const limited: Fault = { fault: "429" };
  const sameUser = [1, 2, 3].map((one) => ({ userId: userOf(1), phoneNumber: numberOf(one) }));
  const sameNumber = [1, 2, 3].map((one) => ({ userId: userOf(one), phoneNumber: numberOf(1) }));
  const people = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  test.each<[string, string, Fault, readonly Person[]]>([
    ["8x8", "three codes to one person fail", hang, [1, 1, 1]],
    ["8x8", "three codes of one user to three numbers fail", hang, sameUser],
    ["8x8", "the codes of three users to one number fail", hang, sameNumber],
    ["8x8", "two people's codes fail", hang, [1, 2]],
    ["8x8", "8x8 refuses ten numbers", refused(1002), people(10)],
    ["8x8", "8x8 refuses ten senders", refused(1005), people(10)],
    ["8x8", "8x8 refuses ten texts", refused(1003), people(10)],
    ["8x8", "ten codes have expired", refused(1006), people(10)],
    ["8x8", "8x8 limits the rate of nine numbers", limited, people(9)],
    ["second-hook", "8x8 limits the rate of ten numbers", limited, people(10)],
  ])("leaves %s first if %s", async (first, _, fault, failing) => {
    world = await startWorld({ eightByEight: fault, second: 50 });
    await askAll(failing);
    world.set8x8(20);
    expect(await asked(99)).toBe(first);
  });

  test("does not begin if 8x8 accepts a code between the failures", async () => {
    await startOutage({ eightByEight: (number) => (number === numberOf(2) ? 1_300 : hang) });
    expect((await world.ask(4)).attempts[0]).toBe("8x8 deadline");
    expect(await world.ask(5)).toMatchObject({ passedOver: undefined });
    expect(await world.ask(6)).toMatchObject({ passedOver: "8x8" });
  });

  test("is of one channel", async () => {
    await startOutage();
    world.set8x8(20);
    expect([await asked(4), await asked(4, "voice")]).toEqual(["second-hook", "8x8"]);
  });

  test("begins even if SMS and calls fail in turn", async () => {
    world = await startWorld({ eightByEight: down, second: 50 });
    for (const person of [1, 2, 3]) {
      await world.ask(person);
      await world.ask(person, "voice");
    }
    expect([await asked(4), await asked(4, "voice")]).toEqual(["second-hook", "second-hook"]);
  });

  test("is forgotten after five minutes without an attempt", async () => {
    await startOutage();
    world.set8x8(20);
    world.app.clock.turn(seconds(300) - 200);
    // The code is of a person who does not try the provider.
    expect(await asked(1)).toBe("second-hook");
    world.app.clock.turn(200);
    expect(await asked(1)).toBe("8x8");
  });

  test("lets one new person's code in ten seconds try 8x8, and ends when 8x8 accepts it in its share", async () => {
    await startOutage();
    await world.pass(seconds(10) - 500);
    expect(await asked(4)).toBe("second-hook");
    await world.pass(500);
    expect(await asked(1)).toBe("second-hook");
    const atOnce = await world.passing(Promise.all([5, 6, 7].map((person) => world.send(person))));
    expect(atOnce.map(({ attempts }) => attempts.length)).toEqual([2, 1, 1]);
    world.set8x8(1_300);
    await world.pass(seconds(10));
    expect(await asked(5)).toBe("second-hook");
    expect(await asked(8)).toBe("8x8");
    expect(await asked(9)).toBe("8x8");
  });

  test("does not end when 8x8 accepts a code after its share", async () => {
    await startOutage({ eightByEight: 1_600, second: 500 });
    const answers = [];
    for (let person = 10; person < 34; person++) {
      answers.push(await world.ask(person));
      await world.pass(500);
    }
    expect(answers.filter(({ answer }) => answer !== "successful")).toEqual([]);
    const tries = answers.filter(({ attempts }) => attempts.length > 1);
    expect(tries.map(({ provider, ms }) => [provider, ms])).toEqual([
      ["8x8", 1_600],
      ["8x8", 1_600],
    ]);
  });

  test("does not change the order of a code that the second hook gets first anyway", async () => {
    await startOutage({ settings: { SECOND_HOOK_FIRST_FOR: "SG" } });
    const inSingapore = { userId: userOf(99), phoneNumber: "+6581234567" };
    expect(await world.ask(inSingapore)).toMatchObject({
      attempts: ["second-hook accepted"],
      passedOver: undefined,
      otherReason: undefined,
    });
  });

  test("8x8 is asked second if the second hook does not take the code", async () => {
    await startOutage();
    world.set8x8(20);
    world.behave({ status: 400 });
    expect(await world.ask(4)).toMatchObject({
      attempts: ["second-hook rejected-by-provider", "8x8 accepted"],
      otherReason: "rejected-by-provider",
      passedOver: undefined,
    });
  });

  test("with SECOND_HOOK_ON_RESEND=other, a resend remembers which provider really was first", async () => {
    await startOutage({ settings: { SECOND_HOOK_ON_RESEND: "other" } });
    world.set8x8(20);
    expect(await asked(4)).toBe("second-hook");
    await world.pass(seconds(10));
    expect(await asked(5)).toBe("8x8");
    expect(await asked(4)).toBe("8x8");
    expect(await asked(4)).toBe("second-hook");
  });
});

describe("an outage of the second hook", () => {
  const settings = { SECOND_HOOK_FIRST_FOR: "all" };

  test.each([
    [{ instead: "hang" }, "deadline"],
    [{ status: 503 }, "provider-error"],
    [{ status: 401 }, "key-rejected"],
  ] as const)("with the reply %j, 8x8 gets the codes first", async (second, otherReason) => {
    await startOutage({ eightByEight: 25, second, settings });
    const outage = { otherReason, passedOver: "second-hook" };
    expect(await world.ask(4)).toMatchObject({ ms: 25, provider: "8x8", ...outage });
  });

  test("as well as of 8x8 leaves the usual order and the whole budget", async () => {
    await startOutage({ eightByEight: hang, second: { status: 503 } });
    expect((await world.ask(4)).attempts[0]).toBe("8x8 deadline");
    world.set8x8(2_300);
    expect(await world.ask(5)).toMatchObject({ answer: "successful", ms: 2_300, provider: "8x8" });
  });

  test("does not begin because the second hook is too slow for the time that 8x8 leaves", async () => {
    await startOutage({ eightByEight: hang, second: 1_300 });
    expect(await world.ask(4)).toMatchObject({ answer: "successful", ms: 1_300 });
  });
});

describe("an outage of the only provider", () => {
  test("in which it hangs answers Okta after 1 s, but for one code in ten seconds", async () => {
    world = await startWorld({ eightByEight: hang });
    const times = (answers: readonly Answered[]) => answers.map(({ ms }) => ms);
    expect(times(await askAll([1, 2, 3, 4, 5], "voice"))).toEqual([
      2_500, 2_500, 2_500, 1_000, 1_000,
    ]);
    await world.pass(seconds(8));
    expect(times(await askAll([1, 6], "voice"))).toEqual([2_500, 1_000]);
    expect(world.app.eightByEight.requests).toHaveLength(7);
  });

  test.each([
    ["failed", {}],
    ["pending", { UNCONFIRMED_ANSWER: "pending" }],
  ])(
    "in which it hangs gives Okta the answer %s, and a late yes ends it",
    async (answer, settings) => {
      await startOutageAlone({ eightByEight: hang, settings });
      world.set8x8(1_200);
      expect(await world.ask(4)).toMatchObject({ answer, ms: 1_000, reason: "deadline" });
      await world.pass(200);
      expect(await world.ask(5)).toMatchObject({ answer: "successful", ms: 1_200 });
    },
  );

  test("in which it accepts a code late lets Okta's event about the used code match the code", async () => {
    await startOutageAlone({ eightByEight: hang, settings: { OKTA_EVENT_SECRET: eventSecret } });
    world.set8x8(1_200);
    expect(await world.ask(4)).toMatchObject({ answer: "failed", ms: 1_000 });
    await world.pass(200);
    const okta = createEventHookOf(world.app, eventSecret);
    const published = new Date(world.app.clock.now());
    await okta.deliver([authenticatedBy("sms", { userId: userOf(4), published })]);
    const { properties } = world.events.at(-1) ?? {};
    expect(properties).toMatchObject({ join: "joined", oktaUserId: userOf(4) });
    expect(properties?.["providerId"]).toMatch(/^[\da-f-]{36}$/);
  });

  test("in which it accepts a call late makes the guard count the call", async () => {
    world = await startWorld({ eightByEight: hang, settings: { GUARD_MODE: "enforce" } });
    await askAll([1, 2, 3], "voice");
    world.set8x8(1_200);
    expect(await world.ask(4, "voice")).toMatchObject({ answer: "failed", ms: 1_000 });
    await world.pass(200);
    world.set8x8(25);
    // A user gets 15 calls a day.
    const answers = await askAll(Array<number>(15).fill(4), "voice");
    expect(answers.map(({ reason }) => reason)).toEqual([
      ...Array<undefined>(14).fill(undefined),
      "user-limit",
    ]);
  });

  test("in which it hangs answers Okta after 1 s even if a second attempt is due later", async () => {
    await startOutageAlone({ eightByEight: hang });
    world.set8x8({ fault: "429", retryAfter: 2 });
    expect(await world.ask(4)).toMatchObject({ ms: 1_000, reason: "rate-limited" });
  });

  test("accepts a code that it answers within 1 s", async () => {
    await startOutageAlone({ eightByEight: hang });
    world.set8x8(975);
    expect(await world.ask(4)).toMatchObject({ answer: "successful", ms: 975 });
  });

  test("in which it answers with errors does not shorten the wait", async () => {
    await startOutageAlone();
    world.set8x8(2_000);
    expect(await world.ask(4)).toMatchObject({ answer: "successful", ms: 2_000 });
  });

  test("does not shorten the wait for a number that only the second hook can send to", async () => {
    const voiceOff = { EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: "", EIGHT_BY_EIGHT_VOICE_SOURCE: "" };
    world = await startWorld({ eightByEight: 20, second: { instead: "hang" }, settings: voiceOff });
    expect((await askAll([1, 2, 3, 4], "voice")).map(({ ms }) => ms)).toEqual([
      2_500, 2_500, 2_500, 1_000,
    ]);
  });
});
