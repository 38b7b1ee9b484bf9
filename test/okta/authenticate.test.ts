import { authenticate } from "../../src/okta/authenticate.ts";

const newest = "a-secret-of-the-hook-2";
const older = "a-secret-of-the-hook-1";
const wrong = { ok: false, reason: "wrong-secret" };
const none = { ok: false, reason: "no-header" };

describe("the hook is authenticated", () => {
  test("by the newest version of the secret, the first", () => {
    expect(authenticate(newest, [newest, older])).toEqual({ ok: true, by: "secret", secretVersion: 1 });
  });

  test("by the version before, the second", () => {
    expect(authenticate(older, [newest, older])).toEqual({ ok: true, by: "secret", secretVersion: 2 });
  });

  test("by a secret that stands twice, as the newer of the two", () => {
    expect(authenticate(newest, [newest, newest])).toEqual({ ok: true, by: "secret", secretVersion: 1 });
  });

  test("by a secret with a scheme before it, as Okta sends what was typed", () => {
    expect(authenticate("Basic dXNlcjpwYXNz", ["Basic dXNlcjpwYXNz"])).toEqual({
      ok: true,
      by: "secret",
      secretVersion: 1,
    });
  });
});

describe("the hook is not authenticated", () => {
  test.each([null, ""])("without a header: %j", (header) => {
    expect(authenticate(header, [newest])).toEqual(none);
    expect(authenticate(header, [""])).toEqual(none);
    expect(authenticate(header, [])).toEqual(none);
  });

  test.each([
    ["another secret", "b-secret-of-the-hook-2"],
    ["a beginning of it", newest.slice(0, -1)],
    ["more than it", `${newest}x`],
    ["it in another case", newest.toUpperCase()],
    ["it with a space", ` ${newest}`],
    ["one letter", "x"],
    ["a very long one", "x".repeat(16_384)],
    ["the list of them", `${newest},${older}`],
  ])("by %s", (_, header) => {
    expect(authenticate(header, [newest, older])).toEqual(wrong);
  });

  test("by anything while no secret is loaded", () => {
    expect(authenticate(newest, [])).toEqual(wrong);
  });

  test("by an empty secret, nor by a space against one", () => {
    expect(authenticate(" ", ["", " ".trim()])).toEqual(wrong);
    expect(authenticate(newest, ["", ""])).toEqual(wrong);
  });

  test("by less than the whole beside an empty version", () => {
    expect(authenticate(older, ["", older])).toEqual({ ok: true, by: "secret", secretVersion: 2 });
    expect(authenticate("", ["", older])).toEqual(none);
  });
});

test("every version is compared, so that the time does not show which one matched", () => {
  const versions = [newest, older];
  const read: string[] = [];
  const watched = { entries: () => versions.map((secret, index) => [index, (read.push(secret), secret)]).values() };
  authenticate(newest, watched as unknown as readonly string[]);
  expect(read).toEqual(versions);
});
