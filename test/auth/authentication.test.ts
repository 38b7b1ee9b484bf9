import crypto from "node:crypto";
import { compareSecret } from "../../src/auth/authenticate.ts";

const newest = "a-secret-of-the-hook-2";
const older = "a-secret-of-the-hook-1";

test.each([
  ["the newest version of the secret", newest, [newest, older], 1],
  ["the version before the newest", older, [newest, older], 2],
  ["a value that two versions have", newest, [newest, newest], 1],
  ["a version after an empty one", older, ["", older], 2],
  ["a value with a scheme", "Basic dXNlcjpwYXNz", ["Basic dXNlcjpwYXNz"], 1],
])("compareSecret accepts %s", (_, header, secrets, secretVersion) => {
  expect(compareSecret(header, secrets)).toEqual({ ok: true, by: "secret", secretVersion });
});

describe("an unauthenticated header", () => {
  test.each([null, ""])(
    "compareSecret refuses the header value %j with the reason no-header",
    (header) => {
      for (const secrets of [[newest], ["", older], [""], []])
        expect(compareSecret(header, secrets)).toEqual({
          ok: false,
          outcome: "unauthenticated",
          reason: "no-header",
        });
    },
  );

  test.each([
    ["another secret", "b-secret-of-the-hook-2", [newest, older]],
    ["a part of the secret", newest.slice(0, -1), [newest, older]],
    ["the secret and one more character", `${newest}x`, [newest, older]],
    ["the secret in upper case", newest.toUpperCase(), [newest, older]],
    ["the secret after a space", ` ${newest}`, [newest, older]],
    ["16,384 characters", "x".repeat(16_384), [newest, older]],
    ["a list of all versions", `${newest},${older}`, [newest, older]],
    ["any value if no secret is loaded", newest, []],
    ["any value if the secret is empty", newest, ["", ""]],
    ["a space if the secret is empty", " ", [""]],
  ])("compareSecret refuses %s with the reason wrong-secret", (_, header, secrets) => {
    expect(compareSecret(header, secrets)).toEqual({
      ok: false,
      outcome: "unauthenticated",
      reason: "wrong-secret",
    });
  });
});

test("compareSecret reads every version of the secret, even if the first version matches", () => {
  const versions = [newest, older];
  const read: string[] = [];
  const watched = {
    entries: () => versions.map((secret, index) => [index, (read.push(secret), secret)]).values(),
  };
  compareSecret(newest, watched as unknown as readonly string[]);
  expect(read).toEqual(versions);
});

test("compareSecret calls timingSafeEqual with 32-byte hashes for every version of the secret", () => {
  const compared = jest.spyOn(crypto, "timingSafeEqual");
  compareSecret("x", [newest, older]);
  const lengths = compared.mock.calls.map((buffers) => buffers.map(({ byteLength }) => byteLength));
  compared.mockRestore();
  expect(lengths).toEqual([
    [32, 32],
    [32, 32],
  ]);
});
