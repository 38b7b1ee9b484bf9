import { startDeadline, systemClock } from "../../src/timing/clock.ts";
import { createCodes } from "../../src/sent-codes/codes.ts";
import { createInMemoryTable } from "../../src/sent-codes/code-table.ts";
import { createEnrollmentPairs, type CodeUse } from "../../src/sent-codes/code-use.ts";
import { codeUse, keepCodes, minutes, pass, sentCode } from "./keeping-codes.ts";

beforeEach(() => jest.useFakeTimers({ now: new Date("2030-01-01T00:00:00Z") }));
afterEach(() => jest.useRealTimers());

const enrolls: Partial<CodeUse> = { codeKinds: ["enrollment"] };
const recovers: Partial<CodeUse> = { codeKinds: ["recovery", "unknown"] };

describe("a person with an unused code of each kind", () => {
  test.each([true, false])(
    "take() matches each used code to the sent code of the same kind (rows written: %s)",
    async (written) => {
      const { codes, take } = keepCodes();
      if (written) codes.open();
      for (const kind of ["enrollment", "sign-in", "recovery"] as const)
        codes.remember(sentCode({ kind, eventId: kind }));
      await pass(1_500);
      for (const [use, eventId] of [
        [{}, "sign-in"],
        [recovers, "recovery"],
        [enrolls, "enrollment"],
      ] as const) {
        expect(await take(use)).toMatchObject({ join: "joined", code: { eventId } });
        expect(await take({ ...use, at: new Date(Date.now() + minutes(1)) })).toEqual({
          join: "none",
        });
      }
    },
  );

  test("a used sign-in code leaves the person's newer enrollment code unused", async () => {
    const { codes, take } = keepCodes();
    codes.open();
    codes.remember(sentCode({ eventId: "to sign in" }));
    await pass(minutes(1));
    codes.remember(sentCode({ kind: "enrollment", eventId: "of another number" }));
    await pass(1_500);
    expect(await take()).toMatchObject({ join: "joined", code: { eventId: "to sign in" } });
    expect(await take()).toEqual({ join: "none" });
    expect(await take(enrolls)).toMatchObject({
      join: "joined",
      code: { eventId: "of another number" },
    });
  });

  test.each(["sign-in", "unknown"] as const)(
    "if a used code may be either of two sent codes, take() returns the newer code (of kind %s)",
    async (newer) => {
      const { codes, take } = keepCodes();
      codes.open();
      codes.remember(sentCode({ kind: newer === "unknown" ? "sign-in" : "unknown" }));
      await pass(minutes(1));
      codes.remember(sentCode({ kind: newer, eventId: "newer" }));
      await pass(1_500);
      expect(await take()).toMatchObject({ join: "joined", code: { eventId: "newer" } });
    },
  );

  test("a code of unknown kind can be used for anything except an enrollment", async () => {
    const { codes, take } = keepCodes();
    codes.remember(sentCode({ kind: "unknown" }));
    expect(await take(enrolls)).toEqual({ join: "none" });
    expect(await take(recovers)).toMatchObject({ join: "joined" });
  });
});

describe("one enrollment that Okta reports with two events", () => {
  test.each(["sms", "voice"] as const)(
    "if an enrollment has two events, take() returns the newest code once (first event: %s)",
    async (first) => {
      const { codes, take } = keepCodes();
      codes.open();
      codes.remember(sentCode({ kind: "enrollment", eventId: "the SMS that never came" }));
      await pass(minutes(1));
      codes.remember(sentCode({ kind: "enrollment", channel: "voice", eventId: "the call" }));
      await pass(1_500);
      const second = first === "sms" ? "voice" : "sms";
      expect(await take({ ...enrolls, channel: first })).toMatchObject({
        join: "joined",
        code: { eventId: "the call" },
      });
      expect(await take({ ...enrolls, channel: second })).toEqual({ join: "paired" });
    },
  );

  test("take() pairs the two events of an enrollment even if the events reach different instances", async () => {
    const table = createInMemoryTable();
    const instance = () =>
      createCodes({
        clock: systemClock,
        load: () => table,
        warn: () => undefined,
      });
    const [first, second] = [instance(), instance()];
    first.open();
    first.remember(sentCode({ kind: "enrollment" }));
    await pass(1_500);
    const uses = [codeUse(enrolls), codeUse({ ...enrolls, channel: "voice" })] as const;
    const joins = await Promise.all([
      first.take(uses[0], startDeadline(systemClock, 2_500)),
      second.take(uses[1], startDeadline(systemClock, 2_500)),
    ]);
    expect(joins.map(({ join }) => join).sort()).toEqual(["joined", "paired"]);
  });
});

describe("the second event of an enrollment", () => {
  const at = new Date();

  /** Returns what the second event gets if the first event's search returns `first`. */
  async function secondAfter(
    first: string,
    second: { readonly oktaUserId?: string; readonly oktaEventId?: string; afterMs?: number } = {},
  ) {
    const takeOnce = createEnrollmentPairs();
    const event = { oktaUserId: "00u1", oktaEventId: "first", at };
    const { afterMs = 0, ...changes } = second;
    const joins = [
      takeOnce(event, () => Promise.resolve({ join: first })),
      takeOnce(
        { ...event, oktaEventId: "second", ...changes, at: new Date(at.getTime() + afterMs) },
        () => Promise.resolve({ join: "its own search" }),
      ),
    ];
    return (await Promise.all(joins)).map(({ join }) => join);
  }

  test("a user's second event up to ten seconds later is paired, even if no code was found", async () => {
    expect(await secondAfter("none")).toEqual(["none", "paired"]);
    expect(await secondAfter("joined", { afterMs: 10_000 })).toEqual(["joined", "paired"]);
    expect(await secondAfter("none", { afterMs: 10_001 })).toEqual(["none", "its own search"]);
  });

  test("the second event looks for the code itself if the table failed for the first event", async () => {
    expect(await secondAfter("failed")).toEqual(["failed", "its own search"]);
  });

  test("the repetition of an event, and an event of another user, are not paired", async () => {
    expect(await secondAfter("none", { oktaEventId: "first" })).toEqual(["none", "its own search"]);
    expect(await secondAfter("none", { oktaUserId: "00u2" })).toEqual(["none", "its own search"]);
  });
});
