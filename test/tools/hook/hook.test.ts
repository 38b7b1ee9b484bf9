import type { ServerResponse } from "node:http";
import { command, cut, errorObject, expired, hook, html, say, secret } from "./running-hook.ts";

test.each<[string, (response: ServerResponse) => void, Record<string, number>]>([
  ["SUCCESSFUL", command("SUCCESSFUL"), { accepted: 0, refused: 1 }],
  [
    "SUCCESSFUL for a suppressed refusal",
    command("SUCCESSFUL", { outcome: "refused", reason: "country-blocked" }),
    { accepted: 1, refused: 0, "refused country-blocked": 0, "refused expired-code": 1 },
  ],
  ["an expired code", command("FAILED", expired), { accepted: 1, "refused expired-code": 0 }],
  [
    "a 503 with an error object",
    errorObject(503),
    { accepted: 1, unauthenticated: 1, unavailable: 0 },
  ],
  ["a 401 with an error object", errorObject(401), { accepted: 1, unauthenticated: 0 }],
  ["HTML", html, { accepted: 2, refused: 2 }],
  ["a cut connection", cut, { accepted: 2, refused: 2 }],
])(
  "npm run hook compares the answer with --expect to set its exit code: %s",
  async (_, answer, codes) => {
    const runs = Object.keys(codes).map(async (expected) => {
      const { exitCode } = await hook(answer, ["--expect", expected]);
      return [expected, exitCode];
    });
    expect(Object.fromEntries(await Promise.all(runs))).toEqual(codes);
  },
);

const malformed = { location: "data.messageProfile.otpCode", reason: "not-an-otp-code" };
test.each<[string, (response: ServerResponse) => void, string]>([
  ["a cut connection", cut, "No app answers at http://127.0.0.1:"],
  ["HTML", html, "did not answer as this app does"],
  ["a 401", errorObject(401), "Set OKTA_HOOK_SECRET to the hook secret of that app"],
  ["a 400", errorObject(400, malformed), `${malformed.location}: ${malformed.reason}.`],
  ["a 503", errorObject(503), "The app cannot send codes now."],
  [
    "a refusal",
    command("FAILED", { outcome: "refused", reason: "country-blocked" }),
    "To see what country-blocked means",
  ],
])("npm run hook says what to do after %s", async (_, answer, words) => {
  expect((await hook(answer)).output).toContain(words);
});

describe("npm run hook", () => {
  test("npm run hook sends one request as Okta does, and prints no code, number or secret", async () => {
    const { exitCode, output, received } = await hook(command("SUCCESSFUL"), [
      "--phone",
      "+6591234567",
      "--locale",
      "de",
    ]);
    expect(exitCode).toBe(0);
    expect(output).toMatch(/^Accepted\b.*\nHTTP 200 in \d+ ms, transaction umid-1\n$/);
    const [{ headers, body } = { headers: {}, body: {} }, ...more] = received;
    expect(more).toEqual([]);
    expect(headers).toMatchObject({
      authorization: secret,
      "content-type": "application/json",
      "content-length": /\d/,
    });
    const profile = body.data?.messageProfile ?? {};
    expect(profile).toMatchObject({
      phoneNumber: "+6591234567",
      locale: "de",
      deliveryChannel: "SMS",
    });
    expect(profile["otpCode"]).toMatch(/^\d{6}$/);
    expect(profile["msgTemplate"]).toContain(profile["otpCode"]);
    expect(Date.parse(profile["otpExpires"] ?? "")).toBeGreaterThan(Date.now() + 4 * 60_000);
    for (const hidden of [secret, "6591234567", String(profile["otpCode"])])
      expect(output).not.toContain(hidden);
  });

  test("npm run hook can request a call, with a new event id and the secret in the header that OKTA_AUTH_HEADER names", async () => {
    const env = { OKTA_HOOK_SECRET: secret, OKTA_AUTH_HEADER: "x-telephony-key" };
    const runs = [
      await hook(command("FAILED"), ["--channel", "voice"], env),
      await hook(command("FAILED"), [], env),
    ];
    const [call, other] = runs.map(({ received }) => received[0]);
    expect(call?.headers).toMatchObject({ "x-telephony-key": secret });
    expect(call?.headers.authorization).toBeUndefined();
    expect(call?.body.data?.messageProfile["deliveryChannel"]).toBe("Voice");
    expect(call?.body.eventId).not.toBe(other?.body.eventId);
  });

  test("npm run hook sends a code without msgTemplate if --text is none", async () => {
    const { received } = await hook(command("SUCCESSFUL"), ["--text", "none"]);
    const profile = received[0]?.body.data?.messageProfile ?? {};
    expect(profile).not.toHaveProperty("msgTemplate");
    expect(profile["otpCode"]).toMatch(/^\d{6}$/);
  });

  test("npm run hook -- --expired sends an expired code and expects the outcome refused expired-code", async () => {
    const { exitCode, received } = await hook(command("FAILED", expired), ["--expired"]);
    expect(exitCode).toBe(0);
    expect(Date.parse(received[0]?.body.data?.messageProfile["otpExpires"] ?? "")).toBeLessThan(
      Date.now() - 60_000,
    );
    expect((await hook(command("SUCCESSFUL"), ["--expired"])).exitCode).toBe(1);
    expect(
      (await hook(command("FAILED", { ...expired, reason: "voice-off" }), ["--expired"])).exitCode,
    ).toBe(1);
    expect(
      (await hook(command("SUCCESSFUL"), ["--expired", "--expect", "accepted"])).exitCode,
    ).toBe(0);
  });

  test("npm run hook exits with 2 if the answer is incomplete after 3 s", async () => {
    const { exitCode, output } = await hook((response) => response.writeHead(200).write("{"));
    expect(exitCode).toBe(2);
    expect(output).toContain("no answer in 3 s");
  }, 10_000);
});

test("npm run hook prints no control characters or pipeline commands from an answer", async () => {
  const transactionId = "umid\u001b[2J\n::add-mask::x\n##vso[task.complete result=Failed]";
  const answer = say({
    commands: [
      { type: "com.okta.telephony.action", value: [{ status: "SUCCESSFUL", transactionId }] },
    ],
  });
  const { output } = await hook(answer);
  expect(output).toContain("umid[2J");
  expect(output).not.toMatch(/\u001b|^\s*::|##vso/m);
});
