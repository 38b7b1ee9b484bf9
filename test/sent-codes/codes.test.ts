import { startDeadline, systemClock } from "../../src/timing/clock.ts";
import { codeUse, keepCodes, minutes, pass, sentCode } from "./keeping-codes.ts";

beforeEach(() => jest.useFakeTimers({ now: new Date("2030-01-01T00:00:00Z") }));
afterEach(() => jest.useRealTimers());

const after = (ms: number) => new Date(Date.now() + ms);

describe("a sent code", () => {
  test("the app writes a sent code one second after open()", async () => {
    const { codes, state, stored } = keepCodes();
    const code = sentCode();
    codes.remember(code);
    await pass(minutes(1));
    expect([state.loads, state.calls]).toEqual([0, []]);
    codes.open();
    await pass(1_100);
    expect(await stored()).toBe(code);
    expect([state.loads, state.calls]).toEqual([1, ["put"]]);
  });

  test("a sent code replaces the previous code of its channel, even if that code has been written", async () => {
    const { codes, state, stored } = keepCodes();
    codes.open();
    codes.remember(sentCode({ eventId: "first" }));
    codes.remember(sentCode({ eventId: "second" }));
    codes.remember(sentCode({ channel: "voice" }));
    await pass(1_100);
    expect(state.calls).toEqual(["put", "put"]);
    expect(await stored()).toMatchObject({ eventId: "second" });
    codes.remember(sentCode({ eventId: "third" }));
    await pass(1_100);
    expect(await stored()).toMatchObject({ eventId: "third" });
  });

  test("take() finds a code by person and channel, and drops the code's details from the row", async () => {
    const { codes, take, stored } = keepCodes();
    codes.open();
    codes.remember(sentCode());
    await pass(1_100);
    expect(await take({ channel: "voice" })).toEqual({ join: "none" });
    expect(await take({ oktaUserId: "00u2" })).toEqual({ join: "none" });
    const at = new Date();
    expect(await take({ at, oktaEventId: "the-use" })).toMatchObject({
      join: "joined",
      code: { eventId: "e1" },
    });
    const { oktaUserId, channel, kind, sentAt } = sentCode({
      sentAt: new Date("2030-01-01T00:00:00Z"),
    });
    expect(await stored()).toEqual({
      oktaUserId,
      channel,
      kind,
      sentAt,
      usedAt: at,
      usedBy: "the-use",
    });
    expect(await take()).toEqual({ join: "none" });
  });

  test("if two events look for a code at the same time, only one event finds the code", async () => {
    const { codes, take } = keepCodes();
    codes.open();
    codes.remember(sentCode());
    await pass(1_100);
    const found = await Promise.all([take(), take()]);
    expect(found.map(({ join }) => join).sort()).toEqual(["joined", "none"]);
  });

  test("take() finds a code only once, even while the app writes the code's row", async () => {
    const { codes, take, stored } = keepCodes();
    codes.open();
    codes.remember(sentCode());
    await pass(1_005);
    expect(await take()).toMatchObject({ join: "joined" });
    await pass(100);
    expect(await stored()).toBeDefined();
    expect(await take()).toEqual({ join: "none" });
  });

  test("take() finds a code that waits to be written, and the app then writes no details of the code", async () => {
    const { codes, state, take, stored } = keepCodes();
    codes.remember(sentCode());
    expect(await take()).toMatchObject({ join: "joined" });
    codes.open();
    await pass(minutes(1) - 1);
    expect(state.calls).toEqual(["put"]);
    expect(await stored()).not.toHaveProperty("eventId");
  });

  test.each([
    ["5 s before it was sent", -5_000, "joined"],
    ["more than 5 s before it was sent", -5_001, "none"],
    ["15 minutes after it was sent", 900_000, "joined"],
    ["more than 15 minutes after it was sent", 900_001, "none"],
  ])("if a code is used %s (%d ms), take() returns the join %s", async (_, ms, join) => {
    const { codes, take } = keepCodes();
    const sentAt = new Date();
    codes.open();
    codes.remember(sentCode({ sentAt }));
    await pass(1_100);
    expect(await take({ at: new Date(sentAt.getTime() + ms) })).toMatchObject({ join });
  });

  test("take() finds the code in the table if the waiting code was sent after the use", async () => {
    const { codes, take } = keepCodes();
    codes.open();
    codes.remember(sentCode({ eventId: "first" }));
    await pass(1_100);
    codes.remember(sentCode({ eventId: "second", sentAt: after(minutes(2)) }));
    expect(await take()).toMatchObject({ join: "joined", code: { eventId: "first" } });
  });

  test("while a used code's row waits to be written, a later event does not find an older code in the table", async () => {
    const { codes, take } = keepCodes();
    codes.open();
    codes.remember(sentCode({ eventId: "older" }));
    await pass(1_100);
    codes.remember(sentCode({ eventId: "newer" }));
    expect(await take()).toMatchObject({ join: "joined", code: { eventId: "newer" } });
    expect(await take()).toEqual({ join: "none" });
  });

  test("the sweep runs after a minute and then every hour, and deletes codes that are a day old", async () => {
    const { codes, state, stored } = keepCodes();
    codes.open();
    await pass(minutes(1));
    expect(state.calls).toEqual(["sweep"]);
    codes.remember(sentCode({ oktaUserId: "old" }));
    await pass(minutes(24 * 60 - 30));
    codes.remember(sentCode({ oktaUserId: "young" }));
    await pass(minutes(100));
    expect(state.calls.filter((name) => name === "sweep")).toHaveLength(26);
    expect(await stored({ oktaUserId: "old" })).toBeUndefined();
    expect(await stored({ oktaUserId: "young" })).toBeDefined();
    expect(state.warnings).toEqual([]);
  });
});

describe("a table that fails", () => {
  const denied = Object.assign(new Error("the message with a +4915123456789"), { statusCode: 403 });

  test("if the table fails, the app logs the kind of error, and take() returns the join `failed`", async () => {
    const { codes, state, take } = keepCodes();
    state.fault = denied;
    codes.open();
    codes.remember(sentCode({ oktaUserId: "00u2" }));
    await pass(50_000);
    expect(await take()).toEqual({ join: "failed" });
    expect(state.warnings).toEqual([
      "The table of sent codes could not be used (403). The app will try again.",
    ]);
  });

  test("take() returns a code only once, even if the table cannot mark the code as used", async () => {
    const { codes, state, take } = keepCodes();
    codes.open();
    codes.remember(sentCode());
    await pass(1_100);
    const found = codes.take(codeUse(), startDeadline(systemClock, 2_500));
    await pass(10);
    state.fault = denied;
    await pass(20);
    expect(await found).toMatchObject({ join: "joined" });
    expect(state.warnings).toHaveLength(1);
    state.fault = undefined;
    expect(await take()).toEqual({ join: "none" });
  });

  test("take() waits one second for a hanging table, and does not call the table after the deadline", async () => {
    const { codes, state, take } = keepCodes();
    state.fault = "hang";
    const found = take();
    await pass(800);
    let settled = false;
    void found.then(() => (settled = true));
    await pass(50);
    expect(settled).toBe(false);
    await pass(60);
    expect(await found).toEqual({ join: "failed" });
    const passed = startDeadline(systemClock, 1);
    await pass(1);
    const calls = state.calls.length;
    expect(await codes.take(codeUse(), passed)).toEqual({ join: "failed" });
    expect(state.calls).toHaveLength(calls);
  });

  test("take() waits for a hanging table no longer than its deadline", async () => {
    const { codes, state } = keepCodes();
    state.fault = "hang";
    let settled = false;
    const deadline = startDeadline(systemClock, 300);
    void codes.take(codeUse(), deadline).then(() => (settled = true));
    await pass(299);
    expect(settled).toBe(false);
    await pass(1);
    expect(settled).toBe(true);
  });

  test("after its deadline, take() still finds a code that waits to be written", async () => {
    const { codes } = keepCodes();
    codes.remember(sentCode());
    const passed = startDeadline(systemClock, 1);
    await pass(1);
    expect(await codes.take(codeUse(), passed)).toMatchObject({ join: "joined" });
  });
});
