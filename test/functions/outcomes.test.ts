import type { FakeAzure } from "../../tools/sandbox/azure.ts";
import type { Fault as AzureFault } from "../../tools/sandbox/azure/stand-in.ts";
import type { Fault } from "../../tools/sandbox/8x8.ts";
import {
  authenticatedBy,
  enrolledBy,
  eventsOfUse,
  hookFailed,
  oktaUserId,
  sentByOkta,
} from "../../tools/sandbox/okta.ts";
import { until } from "../until.ts";
import {
  requestTypes,
  startOutcomes,
  statusesOf,
  type OutcomesInAzure,
} from "./outcomes-in-azure.ts";

let running: OutcomesInAzure;
const start = async (...settings: Parameters<typeof startOutcomes>) =>
  (running = await startOutcomes(...settings));
const withFeedback = ({ tables }: FakeAzure) => ({
  STATE_TABLE_URL: tables.url,
  EIGHT_BY_EIGHT_FEEDBACK: "send",
});
afterEach(() => running.stop());

describe("the outcome of a code", () => {
  test("the app reports a used code to Application Insights and to 8x8", async () => {
    const { azure, app, okta, send, stopAndReadEvents } = await start(withFeedback);
    await send();
    await app.idle();
    await until(() => azure.tables.rows().length > 0);
    expect(azure.tables.rows()).toMatchObject([
      {
        PartitionKey: oktaUserId,
        RowKey: "sign-in-sms",
        eventId: "uS5871kJThSsU8qlA1LTcg",
        country: "DE",
      },
    ]);
    const event = authenticatedBy("sms") as { uuid: string; published: string };
    expect(statusesOf(await okta.deliver([event]))).toEqual([204]);
    const umid = app.eightByEight.feedback[0]?.umid;
    expect(app.eightByEight.feedback).toEqual([
      { umid, outcome: "success", timestamp: new Date(event.published) },
    ]);
    expect(azure.tables.rows()).toMatchObject([{ RowKey: "sign-in-sms", usedBy: event.uuid }]);
    expect(azure.tables.rows()[0]).not.toHaveProperty("eventId");
    const [outcome] = await stopAndReadEvents("otp-outcome");
    expect(outcome).toEqual({
      outcome: "verified",
      join: "joined",
      codeRow: "written",
      channel: "sms",
      country: "DE",
      requestType: requestTypes.signIn,
      factorIntent: "LOGIN",
      eventId: "uS5871kJThSsU8qlA1LTcg",
      providerId: umid,
      feedback: "sent",
      usedAt: event.published,
      oktaEventId: event.uuid,
      oktaUserId,
      secondsToVerify: expect.stringMatching(/^\d+(\.\d+)?$/) as string,
      durationMs: expect.any(String) as string,
    });
    expect(azure.proxy.refused.filter((host) => !host.includes("monitor.azure.com"))).toEqual([]);
  });

  test("the app matches a used code to the newer of two codes, even if events arrive twice and in reverse order", async () => {
    const { azure, app, okta, send, stopAndReadEvents } = await start();
    await send({ envelope: { eventId: "the-1st-code-asked-for" } });
    await send({ envelope: { eventId: "the-2nd-code-asked-for" } });
    await send({
      messageProfile: { deliveryChannel: "Voice", phoneNumber: "+12025550123" },
      envelope: { eventId: "the-3rd-code-by-a-call", requestType: requestTypes.enrollment },
    });
    await app.idle();
    await until(() => azure.tables.rows().length === 2);
    const events = [
      authenticatedBy("sms"),
      enrolledBy("voice"),
      sentByOkta("sms", true),
      hookFailed(),
    ];
    expect(statusesOf(await okta.deliverCarelessly(events))).toEqual([204, 204, 204, 204, 204]);
    const outcomes = await stopAndReadEvents("otp-outcome");
    expect(new Set(outcomes.map(({ oktaEventId }) => oktaEventId)).size).toBe(2);
    const joined = outcomes.filter(({ join }) => join === "joined");
    expect(joined.map(({ eventId }) => eventId).sort()).toEqual([
      "the-2nd-code-asked-for",
      "the-3rd-code-by-a-call",
    ]);
    expect(outcomes.map(({ join }) => join).sort()).toEqual(["joined", "joined", "none", "none"]);
    expect(await stopAndReadEvents("okta-fallback")).toMatchObject([
      { channel: "sms", country: "US", outcome: "success" },
      { channel: "sms" },
    ]);
    expect(await stopAndReadEvents("okta-hook-failed")).toMatchObject([
      { reason: "timeout" },
      { reason: "timeout" },
    ]);
    expect(app.eightByEight.feedback).toEqual([]);
  });

  test("if an SMS and then a call were sent, the app matches the enrollment to the call, without feedback", async () => {
    const { azure, app, okta, send, stopAndReadEvents } = await start(withFeedback);
    const enrolling = { requestType: requestTypes.enrollment };
    await send({ envelope: { ...enrolling, eventId: "the-1st-code-by-an-sms" } });
    await send({
      messageProfile: { deliveryChannel: "Voice", phoneNumber: "+4915123456789" },
      envelope: { ...enrolling, eventId: "the-3rd-code-by-a-call" },
    });
    await app.idle();
    await until(() =>
      azure.tables.rows().some(({ eventId }) => eventId === "the-3rd-code-by-a-call"),
    );
    const enrolled = eventsOfUse("voice", requestTypes.enrollment);
    // Okta sends one for SMS and one for voice:
    // https://support.okta.com/help/s/article/duplicated-user-mfa-factor-activate-events-for-sms-and-voice-enrollment-in-oie
    expect(enrolled).toHaveLength(2);
    for (const event of enrolled) await okta.deliver([event]);
    await okta.deliver([authenticatedBy("sms", { userId: "00uanother000000000001" })]);
    const outcomes = (await stopAndReadEvents("otp-outcome")).filter(
      ({ oktaUserId: who }) => who === oktaUserId,
    );
    expect(outcomes).toMatchObject([
      { join: "joined", channel: "voice", eventId: "the-3rd-code-by-a-call" },
    ]);
    expect(outcomes[0]).not.toHaveProperty("feedback");
    expect(app.eightByEight.requests.filter(({ path }) => path.endsWith("/feedback"))).toEqual([]);
  });

  test("without a table, the app reports a used code without a match", async () => {
    const { azure, okta, send, stopAndReadEvents } = await start(() => ({}));
    await send();
    await okta.deliver([authenticatedBy("sms")]);
    expect(await stopAndReadEvents("otp-outcome")).toMatchObject([
      { outcome: "verified", join: "off", oktaUserId, channel: "sms" },
    ]);
    expect(azure.tables.requests).toEqual([]);
  });

  test("secondsToVerify is 0 if Okta's clock is behind the app's clock", async () => {
    const { okta, send, stopAndReadEvents } = await start();
    await send();
    await okta.deliver([authenticatedBy("sms", { published: new Date(Date.now() - 3_000) })]);
    expect(await stopAndReadEvents("otp-outcome")).toMatchObject([
      { join: "joined", secondsToVerify: "0" },
    ]);
  });

  test("without an event secret, the app stores no codes", async () => {
    const { azure, app, okta, send } = await start(({ vault, tables }) => {
      vault.remove("okta-event-secret");
      return { STATE_TABLE_URL: tables.url };
    });
    expect(statusesOf(await okta.deliver([]))).toEqual([404]);
    expect((await send()).judged.answer).toBe("successful");
    await app.stop();
    expect(azure.tables.requests.filter(({ path }) => path.startsWith("/codes"))).toEqual([]);
  });

  test.each<[string, Fault]>([
    ["rejected", { fault: "rejected" }],
    ["may have accepted", { fault: "hang" }],
  ])(
    "if 8x8 %s a code and the person uses it, the app matches the code and sends no feedback",
    async (_, fault) => {
      const { app, okta, send, stopAndReadEvents } = await start(withFeedback);
      await send({ envelope: { eventId: "the-1st-code-asked-for" } });
      app.eightByEight.fail("sms", fault);
      await app.passing(send({ envelope: { eventId: "the-2nd-code-asked-for" } }));
      app.eightByEight.recover();
      await okta.deliver([authenticatedBy("sms")]);
      const [outcome] = await stopAndReadEvents("otp-outcome");
      expect(outcome).toMatchObject({ join: "joined", eventId: "the-2nd-code-asked-for" });
      expect(outcome).not.toHaveProperty("providerId");
      expect(app.eightByEight.feedback).toEqual([]);
    },
  );

  test.each(["+441632960961", "4915"])(
    "if the phone policy refuses a code to %s, and the person uses it, the app does not match an earlier code",
    async (phoneNumber) => {
      const { okta, send, stopAndReadEvents } = await start(({ tables }) => ({
        STATE_TABLE_URL: tables.url,
        PHONE_POLICY_ALLOWED_COUNTRIES: "DE",
      }));
      await send({ envelope: { eventId: "the-1st-code-asked-for" } });
      const refused = { messageProfile: { phoneNumber } };
      expect((await send(refused)).judged.answer).toBe("failed");
      await okta.deliver([authenticatedBy("sms")]);
      const [outcome] = await stopAndReadEvents("otp-outcome");
      expect(outcome).toMatchObject({ join: "joined" });
      expect(outcome?.["eventId"]).not.toBe("the-1st-code-asked-for");
      expect(outcome).not.toHaveProperty("providerId");
    },
  );

  test("the app stores no codes of a person whose ID does not have Okta's format", async () => {
    const { azure, app, send } = await start();
    for (const userId of ["4915123456789", "test_user", undefined])
      await send({ userProfile: { userId } });
    await app.stop();
    expect(azure.tables.rows()).toEqual([]);
  });
});

test.each([
  ["send", "+491512345"],
  ["omit", undefined],
])(
  "with PHONE_RANGE_IN_LOG=%s, the event of a judged code has the range %s, and the guard goes on",
  async (PHONE_RANGE_IN_LOG, range) => {
    const { send, stopAndReadEvents } = await start(({ tables }) => ({
      STATE_TABLE_URL: tables.url,
      PHONE_RANGE_IN_LOG,
      GUARD_MODE: "enforce",
      GUARD_COUNTRY_LIMITS: '{"*":{"signIns":1}}',
    }));
    await send();
    await send();
    const events = await stopAndReadEvents("otp-delivery");
    expect(events).toMatchObject([
      { outcome: "accepted", country: "DE" },
      { outcome: "refused", guardReason: "country-sign-ins" },
    ]);
    expect(events.map((event) => event["range"])).toEqual([range, range]);
  },
);

describe("the table of sent codes", () => {
  test.each<AzureFault>(["denied", "hang"])(
    "the app answers requests and events in time if the table is unreachable (%j)",
    async (fault) => {
      const { azure, app, okta, send, stopAndReadEvents } = await start();
      azure.tables.fail(fault);
      expect((await send()).judged.answer).toBe("successful");
      // This event is about another user, whose code the app looks for in the table.
      const [delivery] = await app.passing(
        okta.deliver([authenticatedBy("sms", { userId: "00uanother000000000001" })]),
      );
      expect(delivery).toMatchObject({ status: 204 });
      // This event is about the user of the sent code, which still waits in the app's queue.
      await okta.deliver([authenticatedBy("sms")]);
      const outcomes = await stopAndReadEvents("otp-outcome");
      expect(outcomes).toMatchObject([{ join: "failed" }, { join: "joined", codeRow: "waiting" }]);
      expect(Number(outcomes[0]?.["durationMs"])).toBeLessThan(2_600);
    },
  );

  test("when a worker stops, it writes its waiting rows", async () => {
    const { azure, app, send } = await start();
    await send();
    expect(azure.tables.rows()).toEqual([]);
    await app.stop();
    expect(azure.tables.rows()).toHaveLength(1);
  });
});
