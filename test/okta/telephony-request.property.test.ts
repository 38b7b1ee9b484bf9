import fc from "fast-check";
import { isMalformed, parseTelephonyRequest } from "../../src/okta/telephony-request.ts";
import { oktaChannels, hookBody } from "../../sandbox/okta.ts";

const profilePaths = ["phoneNumber", "otpCode", "deliveryChannel", "msgTemplate", "otpExpires", "locale"];
const schemaPaths = new Set([
  ...["body", "eventType", "eventId", "requestType", "data"],
  ...["data.context", "data.context.request", "data.context.request.id", "data.context.request.ipAddress"],
  ...["data.userProfile", "data.userProfile.userId", "data.messageProfile"],
  ...profilePaths.map((name) => `data.messageProfile.${name}`),
]);

function judge(text: string): void {
  const parsed = parseTelephonyRequest(text, { hash: String });
  if (isMalformed(parsed)) {
    for (const { path } of parsed.causes) expect(schemaPaths).toContain(path);
    expect(parsed.causes.length > 0).toBe(parsed.reason !== "not-json");
    return;
  }
  expect(Object.keys(oktaChannels)).toContain(parsed.channel);
  expect(parsed.code.expose()).toMatch(/^\d{4,10}$/);
  expect(parsed.phoneNumber.expose()).not.toBe("");
  expect(parsed.text?.expose()).not.toBe("");
  // An impossible time has none of this form.
  if (parsed.expiresAt !== undefined) expect(parsed.expiresAt.toISOString()).toMatch(/Z$/);
}

test("arbitrary text is a delivery, or malformed by paths of the schema", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), judge));
});

test("arbitrary JSON is a delivery, or malformed by paths of the schema", () => {
  fc.assert(fc.property(fc.json({ maxDepth: 4 }), judge), { numRuns: 500 });
});

const value = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.stringMatching(/^[-+]?\d{0,12}$/),
  fc.constantFrom("SMS", "voice", "__proto__", "2030-01-01T00:00:00Z", "0000-01-01T00:00:00+23:59", 12345, undefined),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
);
const part = (names: readonly string[]) => fc.dictionary(fc.constantFrom(...names), value, { noNullPrototype: true });

test("a good body with anything in its fields is a delivery, or malformed by paths of the schema", () => {
  fc.assert(
    fc.property(
      part(["eventType", "eventId", "requestType", "data", "__proto__"]),
      part(["id", "ipAddress"]),
      part(["userId", "login"]),
      part(profilePaths),
      (envelope, request, userProfile, messageProfile) => {
        judge(JSON.stringify(hookBody({ request, userProfile, messageProfile })));
        judge(JSON.stringify(hookBody({ envelope, messageProfile })));
      },
    ),
    { numRuns: 1_000 },
  );
});

test("a good body that was cut or spoilt somewhere is a delivery, or malformed by paths of the schema", () => {
  const body = JSON.stringify(hookBody());
  fc.assert(
    fc.property(fc.nat(body.length), fc.nat(20), fc.string({ maxLength: 5 }), (at, length, instead) => {
      judge(body.slice(0, at) + instead + body.slice(at + length));
    }),
    { numRuns: 500 },
  );
});

test.each(["1", " ", "0", "x", "_ -", '\\"', "é"])("64 KB of %j in any field are judged at once", (piece) => {
  for (const field of profilePaths) {
    const text = JSON.stringify(hookBody({ messageProfile: { [field]: piece.repeat(65_536 / piece.length) } }));
    const times = [1, 2, 3].map(() => {
      const start = performance.now();
      judge(text);
      return performance.now() - start;
    });
    // The best of three: the machine may be busy with something else.
    expect(Math.min(...times)).toBeLessThan(50);
  }
});
