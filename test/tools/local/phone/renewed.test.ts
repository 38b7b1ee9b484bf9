import { renewed } from "../../../../tools/local/phone/renewed.ts";

const at = "2026-01-01T00:00:00.000Z";
const hook = (body: string) => ({ at, request: { headers: {}, body } });

test.each([
  ["expires in five minutes", "2026-01-01T00:05:00.000Z", 300_000],
  ["expired five minutes ago", "2025-12-31T23:55:00.000Z", -300_000],
])("renewed() gives a code that %s the same lifetime, counted from now", (_, expires, leftMs) => {
  const before = Date.now();
  const body = renewed(hook(`{ "otpExpires" : "${expires}", "otpCode":"1"}`));
  const [, written = ""] = /^\{ "otpExpires" : "([^"]*)", "otpCode":"1"\}$/.exec(body) ?? [];
  const left = Date.parse(written) - leftMs;
  expect(left).toBeGreaterThanOrEqual(before);
  expect(left).toBeLessThanOrEqual(Date.now());
});

test.each(["x", "", '{"otpExpires":"soon"}', String.raw`{"text":"\"otpExpires\":\"2026-01-01\""}`])(
  "renewed() returns a body without an expiry unchanged: %s",
  (body) => {
    expect(renewed(hook(body))).toBe(body);
  },
);
