import {
  authenticatedBy,
  eventsOfUse,
  hookBody,
  type EventHook,
} from "../../tools/sandbox/okta.ts";
import { createEventHookOf, startApp, type App } from "../app.ts";
import { passing, slow } from "../worker/clock.ts";
import { eventSecret, requestTypes } from "./outcomes-in-azure.ts";

let app: App;
let okta: EventHook;
let people = 0;
afterEach(() => app.stop());

async function start(settings: Record<string, string>): Promise<void> {
  app = await startApp({ OKTA_EVENT_SECRET: eventSecret, ...settings });
  okta = createEventHookOf(app, eventSecret);
}

interface Code {
  readonly phoneNumber?: string;
  readonly userId?: string | undefined;
  readonly requestType?: keyof typeof requestTypes;
}

async function send({ phoneNumber, requestType = "enrollment", ...given }: Code = {}) {
  const person = String(++people).padStart(4, "0");
  const { userId } = { userId: `00uperson${person}000000`, ...given };
  const { judged } = await app.post(
    hookBody({
      envelope: { requestType: requestTypes[requestType] },
      userProfile: { userId },
      messageProfile: { phoneNumber: phoneNumber ?? `+44770090${person}` },
    }),
  );
  return { userId, answer: judged.answer, reason: judged.reason };
}

async function reasonsOf(count: number, code: Code = {}) {
  const reasons = [];
  for (let index = 0; index < count; index++) reasons.push((await send(code)).reason);
  return reasons;
}

const noReason = (count: number) => Array<undefined>(count).fill(undefined);
const oneUser = { userId: "00uone00000000000000", requestType: "reset" } as const;
const limits = (numbers: object) => ({ GUARD_COUNTRY_LIMITS: JSON.stringify({ "*": numbers }) });

describe("a guard that enforces", () => {
  test("the guard refuses a person's ninth recovery code of a day, but still allows a sign-in code", async () => {
    await start({ GUARD_MODE: "enforce" });
    expect(await reasonsOf(9, oneUser)).toEqual([...noReason(8), "user-limit"]);
    expect(app.eightByEight.messages).toHaveLength(8);
    expect(app.output()).toMatch(
      /refused user-limit · guard: user-limit, 9 with a limit of 8 · sms · \d+ ms/,
    );
    expect(await reasonsOf(1, { ...oneUser, requestType: "signIn" })).toEqual([undefined]);
  });

  test.each(["reset", "503"] as const)(
    "no limit counts a code if 8x8 has the fault %s",
    async (fault) => {
      await start({ GUARD_MODE: "enforce", ...limits({ recoveries: 16 }) });
      app.eightByEight.fail("sms", { fault });
      await passing(app.clock, reasonsOf(20, oneUser), slow);
      app.eightByEight.recover();
      expect(await reasonsOf(9, oneUser)).toEqual([...noReason(8), "user-limit"]);
    },
  );

  test("the guard limits a country's unfinished enrollments, and a finished enrollment allows two more codes", async () => {
    await start({ GUARD_MODE: "enforce", ...limits({ enrollments: 3 }) });
    const sent = [await send(), await send(), await send()];
    expect(await reasonsOf(1)).toEqual(["country-unfinished"]);
    await okta.deliver(
      eventsOfUse("sms", requestTypes.enrollment, { userId: sent[0]?.userId ?? "" }),
    );
    expect(await reasonsOf(3)).toEqual([...noReason(2), "country-unfinished"]);
  });

  test("with REFUSED_ANSWER=suppress, the hook answers SUCCESSFUL to a user's third refused enrollment", async () => {
    await start({
      GUARD_MODE: "enforce",
      REFUSED_ANSWER: "suppress",
      ...limits({ enrollments: 1 }),
    });
    await send({ ...oneUser, requestType: "signIn" });
    await okta.deliver([authenticatedBy("sms", { userId: oneUser.userId })]);
    await send();
    const answers = [];
    for (let count = 0; count < 3; count++)
      answers.push((await send({ userId: "00utwo00000000000000" })).answer);
    expect(answers).toEqual(["failed", "failed", "successful"]);
    expect(app.eightByEight.messages).toHaveLength(2);
  });

  test("the guard does not judge codes that the phone policy refuses", async () => {
    await start({ GUARD_MODE: "enforce", PHONE_POLICY_BLOCKED_RANGES: "+4477009" });
    expect(new Set(await reasonsOf(12, oneUser))).toEqual(new Set(["range-blocked"]));
    expect(app.output()).not.toContain("· guard:");
  });
});

test("by default, the guard sends every code and logs what it would refuse", async () => {
  await start({});
  expect(await reasonsOf(9, oneUser)).toEqual(noReason(9));
  expect(app.eightByEight.messages).toHaveLength(9);
  expect(app.output()).toMatch(/accepted · guard: user-limit, 9 with a limit of 8 · sms · 8x8 200/);
});

test("a guard that is off refuses and logs nothing", async () => {
  await start({ GUARD_MODE: "off", ...limits({ signIns: 1, recoveries: 1 }) });
  expect(await reasonsOf(3, oneUser)).toEqual(noReason(3));
  expect(app.output()).not.toContain("guard");
});
