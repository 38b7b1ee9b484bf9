import { keepCodes, minutes, pass, sentCode } from "./keeping-codes.ts";

beforeEach(() => jest.useFakeTimers({ now: new Date("2030-01-01T00:00:00Z") }));
afterEach(() => jest.useRealTimers());

test("after the table has hung for 10 minutes, the app writes the newest 5,000 codes", async () => {
  const { codes, state, stored } = keepCodes();
  codes.open();
  state.fault = "hang";
  for (let second = 0; second < 600; second++) {
    for (let code = 0; code < 50; code++)
      codes.remember(sentCode({ oktaUserId: `00u${second}x${code}` }));
    await pass(1_000);
  }
  expect(state.calls.filter((name) => name === "put")).toHaveLength(4 * 60);
  state.fault = undefined;
  await pass(60_000);
  expect(await stored({ oktaUserId: "00u599x49" })).toBeDefined();
  expect(await stored({ oktaUserId: "00u500x0" })).toBeDefined();
  expect(await stored({ oktaUserId: "00u499x0" })).toBeUndefined();
});

test("if 5,001 people's codes wait, the app drops the oldest code, not a person's second code", async () => {
  const { codes, stored } = keepCodes();
  for (const code of [...Array(4_999).keys(), 0, 4_999, 5_000])
    codes.remember(sentCode({ oktaUserId: `00u${code}` }));
  codes.open();
  await pass(60_000);
  expect(await stored({ oktaUserId: "00u0" })).toBeDefined();
  expect(await stored({ oktaUserId: "00u1" })).toBeUndefined();
  expect(await stored({ oktaUserId: "00u2" })).toBeDefined();
});

test("after a failed write and a good write, the app writes the next code", async () => {
  const { codes, state, stored } = keepCodes();
  codes.open();
  state.fault = new Error("down");
  codes.remember(sentCode({ oktaUserId: "00u1" }));
  await pass(2_000);
  state.fault = undefined;
  await pass(6_000);
  expect(await stored({ oktaUserId: "00u1" })).toBeDefined();
  codes.remember(sentCode({ oktaUserId: "00u2" }));
  await pass(2_000);
  expect(await stored({ oktaUserId: "00u2" })).toBeDefined();
});

test("a code that waits over 15 minutes is not written", async () => {
  const { codes, state, stored } = keepCodes();
  codes.open();
  state.fault = new Error("down");
  codes.remember(sentCode());
  await pass(minutes(16));
  state.fault = undefined;
  await pass(minutes(1));
  expect(await stored()).toBeUndefined();
});

test("the app writes at most 200 rows in 2 s, and 1,000 within 11 s", async () => {
  const { codes, state } = keepCodes();
  for (let code = 0; code < 1_000; code++) codes.remember(sentCode({ oktaUserId: `00u${code}` }));
  codes.open();
  await pass(2_000);
  expect(state.calls.length).toBeLessThanOrEqual(200);
  await pass(9_000);
  expect(state.calls).toHaveLength(1_000);
});

describe("a worker that is stopped", () => {
  test("flush() writes the waiting codes, even if the table was never opened", async () => {
    const { codes, stored } = keepCodes();
    for (let code = 0; code < 100; code++) codes.remember(sentCode({ oktaUserId: `00u${code}` }));
    const flushed = codes.flush();
    await pass(900);
    await flushed;
    expect(await stored({ oktaUserId: "00u99" })).toBeDefined();
  });

  test("flush() waits only a second for a hanging table", async () => {
    const { codes, state } = keepCodes();
    state.fault = "hang";
    for (let code = 0; code < 100; code++) codes.remember(sentCode({ oktaUserId: `00u${code}` }));
    const flushed = codes.flush();
    await pass(1_000);
    await expect(flushed).resolves.toBeUndefined();
  });
});
