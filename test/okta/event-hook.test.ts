import {
  authenticatedBy,
  enrolledBy,
  eventBatch,
  hookFailed,
  oktaUserId,
  sentByOkta,
} from "../../tools/sandbox/okta.ts";
import { readEvent } from "../../src/okta/event-hook.ts";
import { readBatch, type EventBatch } from "./reading-events.ts";

const published = new Date("2026-11-25T09:00:00.123Z");

function read(...events: unknown[]): EventBatch {
  const batch = readBatch(JSON.stringify(eventBatch(events)));
  if (typeof batch === "string") throw new Error(batch);
  return batch;
}
const eventsIn = (event: object) => read(event).events;

describe("a used code", () => {
  test.each(["sms", "voice"] as const)(
    "readEvent reads a used code from a sign-in by %s",
    (channel) => {
      const event = authenticatedBy(channel, { published }) as { uuid: string };
      expect(read(event)).toEqual({
        events: [
          {
            kind: "code-used",
            channel,
            oktaEventId: event.uuid,
            oktaUserId,
            at: published,
            factorIntent: "LOGIN",
            codeKinds: ["sign-in", "unknown"],
          },
        ],
        unreadable: 0,
        unknownFactors: 0,
      });
    },
  );

  test.each(["sms", "voice"] as const)(
    "readEvent reads a used code from an enrollment by %s, and takes the enrolled user, not the admin",
    (channel) => {
      const admin = { id: "00uadmin000000000001", type: "User" };
      expect(eventsIn(enrolledBy(channel, { event: { actor: admin } }))).toMatchObject([
        {
          kind: "code-used",
          channel,
          oktaUserId,
          codeKinds: ["enrollment"],
          factorIntent: undefined,
        },
      ]);
    },
  );

  test.each<[string, string[]]>([
    ["sms", ["SMS_FACTOR", "sms"]],
    ["voice", ["CALL_FACTOR", "Voice call", "PHONE_VOICE"]],
    ["neither", ["PASSWORD_AS_FACTOR", "OKTA_VERIFY_PUSH", "token:software:totp", "question"]],
    ["unknown", ["PHONE_NUMBER", "PHONE_OTP", "CELLULAR", "TRANSMISSMS"]],
  ])("readEvent reads the channel of a used code as %s for the factors %j", (kind, factors) => {
    for (const factor of factors) {
      const changes = { target: [{ type: "User", id: oktaUserId }] };
      const { events, unknownFactors } = read(
        authenticatedBy("sms", { debugData: { factor }, event: changes }),
      );
      expect([
        factor,
        events.map((event) => "channel" in event && event.channel),
        unknownFactors,
      ]).toEqual([
        ...[factor, ["sms", "voice"].includes(kind) ? [kind] : [], kind === "unknown" ? 1 : 0],
      ]);
    }
  });

  test("readEvent takes the channel from the first field that names a channel: factor, factorType, method or reason", () => {
    const outcome = { result: "SUCCESS", reason: "User set up SMS factor" };
    const by = (debugData: object, target?: null) =>
      eventsIn(
        authenticatedBy("voice", {
          debugData,
          event: { outcome, ...(target === null && { target }) },
        }),
      );
    expect(by({ factor: "sms", factorType: "call" })).toMatchObject([{ channel: "sms" }]);
    expect(by({ factor: undefined, factorType: "sms" })).toMatchObject([{ channel: "sms" }]);
    expect(by({ factor: undefined })).toMatchObject([{ channel: "voice" }]);
    expect(by({ factor: undefined }, null)).toMatchObject([{ channel: "sms" }]);
  });

  test.each([
    ["a general word for a phone", { factor: "PHONE_NUMBER" }],
    ["another factor", { factor: "PASSWORD_AS_FACTOR", factorType: "call" }],
  ])("if a field has %s, readEvent takes the channel from the next field", (_, debugData) => {
    expect(eventsIn(authenticatedBy("voice", { debugData }))).toMatchObject([{ channel: "voice" }]);
  });

  test("readEvent takes the name of a factor from an AuthenticatorEnrollment, not from a user or an app", () => {
    const targets = (...types: string[]) => ({
      target: types.map((type) => ({ type, displayName: "Duo Tac" })),
    });
    const unknown = (event: Record<string, unknown>) =>
      read(authenticatedBy("sms", { debugData: { factor: "CELLULAR" }, event }));
    expect(unknown(targets("User", "AppInstance"))).toMatchObject({ unknownFactors: 1 });
    expect(unknown(targets("AuthenticatorEnrollment"))).toMatchObject({ unknownFactors: 0 });
  });

  test.each([
    ["LOGIN", "LOGIN", ["sign-in", "unknown"]],
    ["CREDENTIAL_RECOVERY", "CREDENTIAL_RECOVERY", ["recovery", "unknown"]],
    ["CREDENTIAL_ENROLLMENT", "CREDENTIAL_ENROLLMENT", []],
    ["of +12025550123", undefined, ["sign-in", "recovery", "unknown"]],
    [undefined, undefined, ["sign-in", "recovery", "unknown"]],
  ])(
    "readEvent reads the factorIntent %s as %s, for codes of the kinds %j",
    (written, factorIntent, codeKinds) => {
      expect(
        eventsIn(authenticatedBy("sms", { debugData: { factorIntent: written } })),
      ).toMatchObject([{ factorIntent, codeKinds }]);
    },
  );

  test.each(["FAILURE", "ABANDONED", "UNANSWERED", "DENY", undefined])(
    "readEvent ignores the use of a code if the event's result is %s",
    (result) => {
      for (const factor of ["sms", "CELLULAR"]) {
        const failed = authenticatedBy("sms", {
          debugData: { factor },
          event: { outcome: { result } },
        });
        expect(read(failed)).toMatchObject({ events: [], unknownFactors: 0 });
      }
    },
  );

  test("if no target is a user, readEvent takes the event's actor as the user of a code", () => {
    const [event] = eventsIn(
      authenticatedBy("sms", { event: { actor: { id: "00uactor0000000000001" }, target: [] } }),
    );
    expect(event).toMatchObject({ oktaUserId: "00uactor0000000000001" });
  });

  test("readEvent returns a used code without a user if the user's ID is missing or malformed", () => {
    for (const id of ["+12025550123", "12025550123", "test.user@okta.com", "", 7, null])
      expect(
        eventsIn(
          authenticatedBy("sms", { event: { actor: { id }, target: [{ type: "User", id }] } }),
        ),
      ).toMatchObject([{ kind: "code-used", oktaUserId: undefined }]);
  });
});

describe("an event about a code that Okta sent itself", () => {
  test.each([
    ["sms", { isSmsHookFailover: "true" }],
    ["sms", { isSmsHookFailover: true }],
    ["voice", { isCallHookFailover: "TRUE" }],
  ] as const)(
    "readEvent reads a code that Okta sent by %s after a failover: %j",
    (channel, debugData) => {
      expect(eventsIn(sentByOkta(channel, false, { published, debugData }))).toEqual([
        {
          kind: "fallback",
          channel,
          country: "US",
          result: "SUCCESS",
          at: published,
          oktaUserId,
          oktaEventId: expect.any(String) as string,
        },
      ]);
    },
  );

  test.each(["SUCCESS", "FAILURE", "DENY"])(
    "readEvent returns the result %s of a code that Okta sent after a failover",
    (result) => {
      expect(eventsIn(sentByOkta("sms", true, { event: { outcome: { result } } }))).toMatchObject([
        { kind: "fallback", result },
      ]);
    },
  );

  test("readEvent ignores a code that Okta sent if the failover flag is false or missing", () => {
    expect(eventsIn(sentByOkta("sms", false))).toEqual([]);
    expect(
      eventsIn(sentByOkta("voice", true, { debugData: { isCallHookFailover: undefined } })),
    ).toEqual([]);
  });

  test("readEvent leaves out the country and the result of a send if Okta's values are unexpected", () => {
    const debugData = { countryCodeIso2: "1202" };
    expect(
      eventsIn(
        sentByOkta("sms", true, { debugData, event: { outcome: { result: "+12025550123" } } }),
      ),
    ).toMatchObject([{ country: undefined, result: undefined }]);
  });
});

describe("an event about a failed hook", () => {
  test.each([
    ["The endpoint timed out", "timeout"],
    ["Read Timeout", "timeout"],
    ["Endpoint returned HTTP status 503", "http-status"],
    ["Something of +12025550123", "other"],
    [undefined, "other"],
  ] as const)(
    "readEvent reads a hook failure with Okta's message %j as the reason %s",
    (errorMessage, reason) => {
      expect(eventsIn(hookFailed({ published, debugData: { errorMessage } }))).toMatchObject([
        { kind: "hook-failure", reason, at: published },
      ]);
    },
  );

  test.each([
    ["read timed out", "timeout"],
    ["HTTP 502", "http-status"],
  ])(
    "readEvent reads a hook failure whose only sentence is the outcome's %j as %s",
    (words, reason) => {
      const event = { outcome: { result: "FAILURE", reason: words } };
      expect(eventsIn(hookFailed({ debugData: { errorMessage: undefined }, event }))).toMatchObject(
        [{ kind: "hook-failure", reason }],
      );
    },
  );

  test.each(["com.okta.saml.tokens.transform", undefined])(
    "readEvent ignores a failure of a hook with the type %s",
    (inlineHookType) => {
      expect(eventsIn(hookFailed({ debugData: { inlineHookType } }))).toEqual([]);
    },
  );
});

describe("a batch", () => {
  test("readEvent reads the valid events of a batch although other events are unreadable", () => {
    const withoutId = authenticatedBy("sms", { event: { uuid: "7" } });
    const withoutTime = authenticatedBy("sms", { event: { published: "yesterday" } });
    const another = authenticatedBy("sms", { event: { eventType: "user.session.start" } });
    const { events, unreadable } = read(
      ...[null, 7, "x", [], {}, withoutId, withoutTime, another, enrolledBy("voice"), hookFailed()],
    );
    expect(events.map(({ kind }) => kind)).toEqual(["code-used", "hook-failure"]);
    expect(unreadable).toBe(7);
  });

  test.each([
    ["", "not-json"],
    ["{", "not-json"],
    ["null", "wrong-shape"],
    ['{"eventType":"com.okta.event_hook","data":{"events":{}}}', "wrong-shape"],
    ['{"eventType":"com.okta.telephony.provider","data":{"events":[]}}', "wrong-shape"],
  ])("parseEventHook refuses the body %j with the reason %s", (body, reason) => {
    expect(readBatch(body)).toBe(reason);
  });

  test("parseEventHook refuses a batch of more than 2,000 events", () => {
    const events = Array.from({ length: 2_001 }, () => 7);
    expect(readBatch(JSON.stringify({ eventType: "com.okta.event_hook", data: { events } }))).toBe(
      "wrong-shape",
    );
    expect(read(...events.slice(1))).toMatchObject({ unreadable: 2_000 });
  });
});

describe("an event with 120,000 targets or details", () => {
  const many = <Value>(value: Value) => Array.from({ length: 120_000 }, () => value);

  test("readEvent reads only the first 100 targets of an event", () => {
    const event = authenticatedBy("sms") as { target: object[] };
    const [user] = event.target.filter((target) => (target as { type: string }).type === "User");
    const others = many({ type: "App" });
    expect(eventsIn({ ...event, actor: {}, target: [...others.slice(0, 99), user] })).toMatchObject(
      [{ oktaUserId }],
    );
    expect(
      eventsIn({ ...event, actor: {}, target: [...others.slice(0, 100), user] }),
    ).toMatchObject([{ oktaUserId: undefined }]);
  });

  test("readEvent reads at most 150 of an event's targets and details", () => {
    const readNames = new Set<string | symbol>();
    const watched = <Value extends object>(value: Value): Value =>
      new Proxy(value, {
        get(all, name, receiver) {
          readNames.add(name);
          return Reflect.get(all, name, receiver) as unknown;
        },
        ownKeys(all) {
          for (const name of Reflect.ownKeys(all)) readNames.add(name);
          return Reflect.ownKeys(all);
        },
      });
    const details = () =>
      watched(Object.fromEntries(many("x").map((value, index) => [`detail${index}`, value])));
    const debugContext = { debugData: details() };
    const target = watched(many({ type: "App", detailEntry: details() }));
    readEvent({ ...authenticatedBy("sms"), target, debugContext });
    readEvent({ ...authenticatedBy("sms"), debugContext: { debugData: watched(many("x")) } });
    expect(readNames.size).toBeLessThanOrEqual(150);
  });
});

test("readEvent accepts names of details in camel case and with underscores", () => {
  const inUsedCodes = "methodTypeUsed|factorType|factorIntent";
  const inOtherEvents =
    "isSmsHookFailover|isCallHookFailover|countryCodeIso2|inlineHookType|errorMessage";
  const toSnakeCase = (key: string) =>
    key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const events = [
    authenticatedBy("voice", { debugData: { factor: undefined } }),
    enrolledBy("sms", { debugData: { factorType: "sms" } }),
    sentByOkta("sms", true),
    sentByOkta("voice", true),
    hookFailed(),
  ];
  const body = JSON.stringify(eventBatch(events));
  const respelled = body.replaceAll(
    new RegExp(`"(${inUsedCodes}|${inOtherEvents})":`, "g"),
    toSnakeCase,
  );
  expect(respelled).not.toBe(body);
  expect(readBatch(respelled)).toEqual(readBatch(body));
  expect(readBatch(body)).toMatchObject({ events: { length: 5 }, unreadable: 0 });
});
