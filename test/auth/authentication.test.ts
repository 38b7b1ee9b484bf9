import crypto from "node:crypto";
import { compareSecret } from "../../src/auth/authentication.ts";

const newest = "a-secret-of-the-hook-2";
const older = "a-secret-of-the-hook-1";

test.each([
  ["the newest version of the secret, the first", newest, [newest, older], 1],
  ["the version before, the second", older, [newest, older], 2],
  ["a secret that stands twice, as the newer of the two", newest, [newest, newest], 1],
  ["a secret beside an empty version", older, ["", older], 2],
  [
    "a secret with a scheme before it, as Okta sends what was typed",
    "Basic dXNlcjpwYXNz",
    ["Basic dXNlcjpwYXNz"],
    1,
  ],
])("the hook is authenticated by %s", (_, header, secrets, secretVersion) => {
  expect(compareSecret(header, secrets)).toEqual({ ok: true, by: "secret", secretVersion });
});

describe("the hook is not authenticated", () => {
  test.each([null, ""])("without a header: %j", (header) => {
    for (const secrets of [[newest], ["", older], [""], []])
      expect(compareSecret(header, secrets)).toEqual({
        ok: false,
        outcome: "unauthenticated",
        reason: "no-header",
      });
  });

  test.each([
    ["another secret", "b-secret-of-the-hook-2", [newest, older]],
    ["a beginning of it", newest.slice(0, -1), [newest, older]],
    ["more than it", `${newest}x`, [newest, older]],
    ["it in another case", newest.toUpperCase(), [newest, older]],
    ["it with a space", ` ${newest}`, [newest, older]],
    ["a very long one", "x".repeat(16_384), [newest, older]],
    ["the list of them", `${newest},${older}`, [newest, older]],
    ["anything while no secret is loaded", newest, []],
    ["anything while the secret is empty", newest, ["", ""]],
    ["a space against an empty one", " ", [""]],
  ])("by %s", (_, header, secrets) => {
    expect(compareSecret(header, secrets)).toEqual({
      ok: false,
      outcome: "unauthenticated",
      reason: "wrong-secret",
    });
  });
});

test("every version is compared, so that the time does not show which one matched", () => {
  const versions = [newest, older];
  const read: string[] = [];
  const watched = {
    entries: () => versions.map((secret, index) => [index, (read.push(secret), secret)]).values(),
  };
  compareSecret(newest, watched as unknown as readonly string[]);
  expect(read).toEqual(versions);
});

test("every version is compared in constant time, as a hash, which shows no length", () => {
  const compared = jest.spyOn(crypto, "timingSafeEqual");
  compareSecret("x", [newest, older]);
  const lengths = compared.mock.calls.map((buffers) => buffers.map(({ byteLength }) => byteLength));
  compared.mockRestore();
  expect(lengths).toEqual([
    [32, 32],
    [32, 32],
  ]);
});
