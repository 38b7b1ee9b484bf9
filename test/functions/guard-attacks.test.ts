// Earlier versions of the guard let these attacks lock people out, or send messages without limit.
import { eventsOfUse, hookBody } from "../../tools/sandbox/okta.ts";
import { createEventHookOf, startApp, type App } from "../app.ts";
import { eventSecret, requestTypes } from "./outcomes-in-azure.ts";

let app: App;
beforeEach(async () => {
  const numbers = {
    enrollments: 30,
    recoveries: 60,
    signIns: 200,
    calls: 60,
  };
  const others = { enrollments: 15, recoveries: 15, signIns: 30, calls: 15 };
  app = await startApp({
    OKTA_EVENT_SECRET: eventSecret,
    GUARD_MODE: "enforce",
    GUARD_COUNTRY_LIMITS: JSON.stringify({ US: numbers, "*": others }),
  });
});
afterEach(() => app.stop());

interface Asked {
  readonly requestType?: keyof typeof requestTypes;
  /** Undefined if Okta names no user. */
  readonly account: number | undefined;
  /** The last digits of the phone number. Without `foreign`, the number is in the United States. */
  readonly number?: number;
  readonly foreign?: string;
  readonly channel?: "SMS" | "Voice call";
  readonly uses?: boolean;
}

async function ask({ requestType = "signIn", account, number = account, ...given }: Asked) {
  const userId = account === undefined ? account : `00uaccount${String(account).padStart(10, "0")}`;
  const phoneNumber = `${given.foreign ?? "+1202555"}${String(number).padStart(4, "0")}`;
  const { channel: deliveryChannel = "SMS" } = given;
  const { judged } = await app.post(
    hookBody({
      envelope: { requestType: requestTypes[requestType] },
      userProfile: { userId },
      messageProfile: { phoneNumber, deliveryChannel },
    }),
  );
  if (given.uses && userId !== undefined && judged.reason === undefined) {
    const channel = deliveryChannel === "SMS" ? "sms" : "voice";
    const used = eventsOfUse(channel, requestTypes[requestType], { userId });
    await createEventHookOf(app, eventSecret).deliver(used);
  }
  return judged.reason;
}

const person = async () => [
  await ask({ account: 9_001 }),
  await ask({ account: 9_002, channel: "Voice call" }),
  await ask({ account: 9_003, requestType: "reset" }),
  await ask({ account: 9_004, requestType: "enrollment" }),
];
const everything = Array(4).fill(undefined);

async function attack(accounts: number, codes: number, how: Partial<Asked>): Promise<void> {
  for (let nth = 0; nth < codes; nth++)
    for (let account = 0; account < accounts; account++)
      await ask({ account, ...how, ...(how.requestType === "enrollment" && { number: account }) });
}

test("an attack by 10 accounts that each request 20 sign-in codes, and use them, locks no other person out", async () => {
  await attack(10, 20, { uses: true });
  expect(app.eightByEight.messages).toHaveLength(100);
  expect(await person()).toEqual(everything);
});

test("an attack by four accounts that each request 15 calls locks no other person out", async () => {
  await attack(4, 15, { channel: "Voice call" });
  expect(await person()).toEqual(everything);
});

test("an attack on 8 user names, with eight recoveries each, locks no other person out", async () => {
  await attack(8, 8, { requestType: "reset" });
  expect(await person()).toEqual(everything);
});

test("an attack by five accounts that each enroll one number eight times locks no other person out", async () => {
  await attack(5, 8, { requestType: "enrollment" });
  expect(app.eightByEight.messages).toHaveLength(5 * 6);
  expect(await person()).toEqual(everything);
});

test("if 60 accounts each enroll one of 10 numbers that others have begun, the app sends 30 messages", async () => {
  for (let account = 0; account < 60; account++)
    await ask({ requestType: "enrollment", account, number: account % 10 });
  expect(app.eightByEight.messages).toHaveLength(30);
});

test("if Okta names no user in enrollments of 50 numbers, the app sends 30 messages", async () => {
  for (let number = 0; number < 50; number++)
    await ask({ requestType: "enrollment", account: undefined, number });
  expect(app.eightByEight.messages).toHaveLength(30);
});

test("if an attacker starts recoveries of 70 users, the app sends 60 messages", async () => {
  await attack(70, 1, { requestType: "reset" });
  expect(app.eightByEight.messages).toHaveLength(60);
  expect(await ask({ account: 9_001 })).toBeUndefined();
});

test("if 20 accounts request all kinds of codes in two other countries, the app sends 60 messages", async () => {
  for (const requestType of ["enrollment", "reset", "signIn"] as const)
    for (const foreign of ["+3361234", "+658123"]) await attack(20, 1, { requestType, foreign });
  expect(app.eightByEight.messages).toHaveLength(15 + 15 + 30);
  expect(await person()).toEqual(everything);
});
