import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { startAzure, type FakeAzure } from "../tools/sandbox/azure.ts";
import { knownFates, knownFaults } from "../tools/sandbox/8x8.ts";
import { hookAnswer, startSecondHook, type Behaviour } from "../tools/sandbox/second-hook.ts";
import { sms } from "./8x8/sample-receipts.ts";
import {
  createEventHookOf,
  apiKey,
  hookSecret,
  inAzure,
  postTo,
  receiptSecret,
  startProcess,
  type AppProcess,
  startAzureHere,
  startApp,
  type App,
} from "./app.ts";
import {
  authenticatedBy,
  oktaChannels,
  enrolledBy,
  eventBatch,
  hookBody,
  hookFailed,
  sentByOkta,
} from "../tools/sandbox/okta.ts";
import { startAuthorizationServer } from "../tools/sandbox/okta/authorization-server.ts";
import { brokenTokens } from "./auth/broken-tokens.ts";
import { formsOf } from "./printed-forms.ts";
import { until } from "./until.ts";

const code = "84067315";
const phoneNumber = "+4915123456789";
const clientIp = "9.9.9.9";
const hashKey = "the-hash-key-of-the-tests";
const text = `Kennwort ${code} bitte`;
const person = {
  firstName: "Wilhelmine",
  lastName: "Drosselbart",
  login: "w.drosselbart@example.com",
};
const eventSecret = "the-event-secret-of-the-tests";
const secondSecret = "the-secret-of-the-second-hook";
const secrets = [
  hookSecret,
  apiKey,
  receiptSecret,
  eventSecret,
  hashKey,
  "a-wrong-secret",
  "another-8x8-key",
  secondSecret,
];

// Codes, phone numbers, texts, names, IP addresses, secrets and tokens are sensitive data. The app
// must not write them to its log, its telemetry, its table, its answers or a file.
describe("sensitive data", () => {
  let azure: FakeAzure;
  let app: App | AppProcess;
  const answers: string[] = [];
  const tableRows: unknown[] = [];
  const accessTokens: string[] = [];

  beforeEach(() => {
    answers.length = 0;
    tableRows.length = 0;
    accessTokens.length = 0;
  });
  afterEach(async () => {
    await app.stop();
    await azure.close();
  });

  function settingsInVault(): Record<string, string> {
    azure.vault.set("phone-hash-key", [{ value: hashKey }]);
    azure.vault.set("receipt-secret", [{ value: receiptSecret }]);
    return inAzure(azure);
  }

  async function start(settings: Record<string, string>): Promise<AppProcess> {
    const debug = { AZURE_LOG_LEVEL: "verbose", DEBUG: "*", NODE_DEBUG: "none-that-exists" };
    const started = await startProcess({
      ...settingsInVault(),
      ...debug,
      HOME: disk(),
      ...settings,
    });
    app = started;
    return started;
  }

  const signIn = "com.okta.user.telephony.mfa-verification";

  async function hook(
    messageProfile: object = {},
    headers: Record<string, string | undefined> = {},
  ): Promise<void> {
    const profile = {
      otpCode: code,
      phoneNumber,
      msgTemplate: text,
      locale: "de-DE",
      ...messageProfile,
    };
    const request = { ipAddress: clientIp };
    const { text: answer } = await app.post(
      hookBody({
        envelope: { requestType: signIn },
        messageProfile: profile,
        userProfile: person,
        request,
      }),
      headers,
    );
    answers.push(answer);
  }

  async function receipt(
    body: object | string,
    headers: Record<string, string | undefined> = {},
  ): Promise<void> {
    const authentic = { authorization: `Bearer ${receiptSecret}` };
    const answer = await postTo(`${app.url}/api/8x8/receipts`, body, { ...authentic, ...headers });
    answers.push(await answer.text());
  }

  async function stopAndSearch(): Promise<void> {
    answers.push(await (await fetch(`${app.url}/api/health`)).text());
    await app.stop();
    tableRows.push(...azure.tables.rows());
    search();
  }

  /** The only folder in which the app's process can write files. */
  const disk = () => azure.env["TMPDIR"] ?? "";
  const expectNothingWritten = () => {
    expect(readdirSync(disk(), { recursive: true })).toEqual(["ca.pem"]);
  };

  function search(): void {
    const sinks = {
      log: app.output(),
      telemetry: JSON.stringify(azure.ingestion.envelopes),
      tables: JSON.stringify(tableRows),
      answers: answers.join(),
    };
    const hidden = [
      code,
      phoneNumber,
      text,
      ...Object.values(person),
      clientIp,
      ...secrets,
      ...azure.identity.tokens,
    ];
    const parts = accessTokens.flatMap((token) => [token, ...token.split(".").slice(1)]);
    hidden.push(azure.identity.header, ...parts.filter((part) => part.length > 20));
    for (const [sink, printed] of Object.entries(sinks))
      for (const form of hidden.flatMap(formsOf))
        if (printed.includes(form)) throw new Error(`"${form}" is in the ${sink}`);
  }

  const reported = (name: string, property: string) =>
    azure.ingestion.events(name).map(({ properties }) => properties[property]);

  test("no sensitive data leaks, even with debug variables, hostile callers and failures of 8x8 and Azure", async () => {
    azure = await startAzure();
    azure.vault.set("okta-event-secret", [{ value: eventSecret }]);
    azure.identity.fail("denied");
    await start({
      PHONE_POLICY_BLOCKED_COUNTRIES: "FR",
      STATE_TABLE_URL: azure.tables.url,
      EIGHT_BY_EIGHT_FEEDBACK: "send",
      GUARD_MODE: "enforce",
      GUARD_EXEMPT_RANGES: phoneNumber,
      GUARD_COUNTRY_LIMITS: '{"AT":{"signIns":1,"enrollments":1,"recoveries":1}}',
    });
    await hook();
    azure.identity.recover();
    azure.vault.fail("denied");
    await hook();
    azure.vault.recover();
    await until(async () => (await fetch(`${app.url}/api/health`)).ok);
    await causeEveryOutcome();
    await sendReceipts();
    await sendOktaEvents();
    await loseTelemetry();
    await stopAndSearch();
    expectNothingWritten();
    expect(JSON.parse(answers.at(-1) ?? "")).toMatchObject({
      status: "healthy",
      debug: ["NODE_DEBUG"],
    });
    expect(app.output()).toContain("Warning: NODE_DEBUG is set");
    expect(new Set(reported("otp-delivery", "outcome"))).toEqual(
      new Set([
        "accepted",
        "rejected",
        "refused",
        "unconfirmed",
        "unavailable",
        "malformed",
        "unauthenticated",
      ]),
    );
    expect(new Set(reported("otp-receipt", "outcome"))).toEqual(
      new Set([undefined, "malformed", "unauthenticated"]),
    );
    expect(azure.ingestion.events().map(({ name }) => name)).toEqual(
      expect.arrayContaining(["otp-outcome", "okta-fallback", "okta-hook-failed"]),
    );
    expect(reported("otp-delivery", "guardReason")).toContain("country-sign-ins");
    expect(app.eightByEight.feedback.length).toBeGreaterThan(0);
  }, 240_000);

  const hookOnEachChannel = () =>
    Promise.all(
      Object.values(oktaChannels).map(({ deliveryChannel }) => hook({ deliveryChannel })),
    );

  async function causeEveryOutcome(): Promise<void> {
    await hookOnEachChannel();
    for (const fault of knownFaults) {
      app.eightByEight.fail("any", {
        fault,
        ms: 1,
        location: `/${code}/${phoneNumber}`,
        description: text,
      });
      await hookOnEachChannel();
    }
    app.eightByEight.recover();
    await hook({ msgTemplate: `${text} ${phoneNumber}`.replace(code, "nothing") });
    for (let count = 0; count < 2; count++) await hook({ phoneNumber: "+436641234567" });
    await hook({ phoneNumber: "+33612345678" });
    await hook({ phoneNumber: `${phoneNumber} ext. 1` });
    await hook({ phoneNumber: phoneNumber.slice(0, 8) });
    await hook({ otpExpires: "2022-01-28T21:48:34.321Z" });
    await hook({ deliveryChannel: phoneNumber });
    await hook({ otpCode: `${code}${code}` });
    await hook({ otpExpires: code, locale: { [phoneNumber]: code } });
    await hook({}, { authorization: "a-wrong-secret" });
    await hook({}, { authorization: undefined });
    await hook({}, { "content-type": "text/plain" });
    answers.push((await app.post(`{"otpCode": ${code} ${phoneNumber} ${text}`)).text);
    answers.push((await app.post(hookBody({ envelope: { more: code.repeat(10_000) } }))).text);
    app.eightByEight.setApiKey("another-8x8-key");
    await hook();
    app.eightByEight.setApiKey(apiKey);
  }

  // The suite no-leak-fields.test.ts tests each field of requests, receipts and events.
  async function sendReceipts(): Promise<void> {
    app.eightByEight.sendReceiptsTo(`${app.url}/api/8x8/receipts`, `Bearer ${receiptSecret}`);
    const sent = app.eightByEight.receipts;
    for (const fate of knownFates) {
      app.eightByEight.setFate({ receipt: fate, delayMs: 20 });
      const before = sent.length;
      await hookOnEachChannel();
      await until(() => sent.length >= before + 2);
    }
    await receipt({
      ...sms(),
      eventType: "inbound_message_received",
      payload: { body: text, source: phoneNumber },
    });
    await receipt({ ...sms(), eventType: `${code} ${phoneNumber}` });
    await receipt(`{"payload": ${text} ${phoneNumber}`);
    await receipt(sms(), { authorization: `Bearer ${code}` });
    await receipt(sms(), { authorization: "a-wrong-secret" });
    await receipt(sms("sent", { source: text.repeat(10_000) }));
  }

  async function sendOktaEvents(): Promise<void> {
    const okta = createEventHookOf(app, eventSecret);
    const deliver = async (...events: unknown[]) => {
      for (const { text: answer } of await okta.deliverCarelessly(events)) answers.push(answer);
    };
    // With AZURE_LOG_LEVEL=verbose, the SDK logs the user's id, which is a key of the table.
    const odd = [authenticatedBy, enrolledBy].flatMap((create) => [
      create("sms", { userId: person.login, event: { uuid: code } }),
      create("voice", { userId: phoneNumber }),
    ]);
    await hookOnEachChannel();
    await until(() => azure.tables.rows().length >= 2);
    tableRows.push(...azure.tables.rows());
    await deliver(...odd, authenticatedBy("sms"), authenticatedBy("voice"));
    await deliver(sentByOkta("sms", true), hookFailed());
    for (const fault of ["down", "error", "denied"] as const) {
      azure.tables.fail(fault);
      app.eightByEight.fail("any", { fault: "500" }, 2);
      await hook();
      await deliver(authenticatedBy("sms"), ...odd);
    }
    azure.tables.recover();
    app.eightByEight.fail("any", { fault: "429" }, 1);
    answers.push(
      ...(await createEventHookOf(app, "a-wrong-secret").deliver([])).map(
        (delivery) => delivery.text,
      ),
    );
    const bodies = [
      `{"code": ${code} ${phoneNumber} ${text}`,
      JSON.stringify({ ...eventBatch([]), data: { ...person, code, phoneNumber, text } }),
    ];
    for (const body of [...bodies, text.repeat(50_000)]) {
      const headers = { authorization: eventSecret };
      answers.push(
        await (
          await fetch(`${app.url}/api/okta/events`, {
            method: "POST",
            headers,
            body: Buffer.from(body),
          })
        ).text(),
      );
    }
  }

  async function loseTelemetry(): Promise<void> {
    await azure.ingestion.waitFor(
      () => reported("otp-outcome", "reason").includes("too-large"),
      30_000,
    );
    azure.ingestion.fail("error");
    await Promise.all(
      Array.from({ length: 100 }, () => hook({}, { authorization: "a-wrong-secret" })),
    );
    expectNothingWritten();
    // The worker must stop while telemetry is down, with this event in its queue.
    await hook();
  }

  test("no sensitive data leaks from access tokens, even if the issuer's keys cannot be read", async () => {
    const okta = await startAuthorizationServer();
    azure = await startAzureHere();
    const tokens = await startApp({ ...settingsInVault(), ...okta.env, OKTA_HOOK_AUTH: "either" });
    app = tokens;
    accessTokens.push(...brokenTokens.map(([, , create]) => create(okta)), await okta.fetchToken());
    for (const token of accessTokens) await hook({}, { authorization: `Bearer ${token}` });
    const keySet = { keys: [{ kid: code, kty: phoneNumber, n: text }] };
    for (const answer of [
      { status: 200, body: keySet },
      { status: 302, body: keySet, headers: { location: `/${code}` } },
    ]) {
      okta.serveKeys(answer);
      okta.rotate({ keepOlder: false });
      accessTokens.push(await okta.fetchToken());
      tokens.clock.turn(10_000);
      await hook({}, { authorization: `Bearer ${String(accessTokens.at(-1))}` });
    }
    okta.fail("down");
    tokens.clock.turn(10_000);
    await hook({}, { authorization: `Bearer ${String(accessTokens.at(-1))}` });
    await stopAndSearch();
    await okta.close();
    expect(app.output()).toContain("okta-token-keys could not be read");
    const reasons = [undefined, ...brokenTokens.map(([, reason]) => reason)];
    expect(new Set(reported("otp-delivery", "reason"))).toEqual(new Set(reasons));
  }, 240_000);

  test("no sensitive data leaks if the second hook's answers quote the request", async () => {
    const second = await startSecondHook({ secret: secondSecret });
    azure = await startAzureHere();
    azure.vault.set("second-hook-secret", [{ value: secondSecret }]);
    const settings = { SECOND_HOOK_URL: second.url, SECOND_HOOK_FIRST_FOR: "all" };
    app = await startApp({ ...settingsInVault(), ...settings });
    app.eightByEight.fail("any", { fault: "not-created", status: 403, statusCode: 1201 });
    const words = [code, phoneNumber, text, secondSecret, ...Object.values(person)].join();
    const behaviours: Behaviour[] = [
      { body: hookAnswer("SUCCESSFUL", words) },
      { body: hookAnswer("PENDING", words) },
      { body: hookAnswer(words) },
      { body: { error: { errorSummary: words } } },
      { status: 401, body: words },
      { status: 500, body: words, headers: { "retry-after": code } },
      { status: 302, headers: { location: `/${code}/${phoneNumber}` } },
      { instead: "reset" },
    ];
    for (const behaviour of behaviours) {
      second.behave(behaviour);
      for (const { deliveryChannel } of Object.values(oktaChannels))
        await hook({ deliveryChannel });
    }
    await hook({ phoneNumber: `${phoneNumber} ext. 1` });
    await stopAndSearch();
    await second.close();
    expect(second.requests).toHaveLength(2 * behaviours.length + 1);
    expect(new Set(reported("otp-delivery", "provider"))).toEqual(new Set(["8x8", "second-hook"]));
  });

  test("no sensitive data leaks after unexpected errors or after a crash of the worker", async () => {
    azure = await startAzure();
    const preloaded = ["explode", "crash"].map(
      (fixture) => `--import ${resolve(`test/fixtures/${fixture}.ts`)}`,
    );
    const worker = await start({ NODE_OPTIONS: preloaded.join(" ") });
    await hook();
    expect(answers[0]).toContain("could not be sent");
    await until(() => app.output().includes("Unexpected Error while sending by 8x8"));
    expect(await app.postReceipt(sms("delivered", { smsCount: phoneNumber }))).toBe(200);
    await until(() => app.output().includes("Unexpected Error while reading a webhook"));
    await azure.ingestion.waitFor(() => azure.ingestion.events().length === 2, 20_000);
    expect(reported("otp-receipt", "reason")).toEqual(["internal-error"]);
    expect(reported("otp-delivery", "reason")).toEqual(["internal-error"]);
    app.eightByEight.fail("any", { fault: "hang" });
    const pending = [hook(), hook({ deliveryChannel: "voice" })].map((answer) =>
      answer.catch(() => undefined),
    );
    await until(() => app.eightByEight.requests.length >= 2);
    process.kill(worker.pid, "SIGUSR2");
    await Promise.all([...pending, worker.ended]);
    expect(app.output()).toContain("uncaught on purpose");
    search();
  });
});
