import { knownSecret } from "../../src/secrets/secret.ts";
import { minutes, pass, readMs, vault } from "./reading-secrets.ts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe("a value under 16 characters", () => {
  const strong = "0123456789abcdef";

  test("is logged once for each version, by the secret's name, and is accepted", async () => {
    const weak = strong.slice(1);
    const { secret, state } = vault([[weak], [weak], ["short", weak], [strong, strong]], { minLength: 16 });
    expect(secret.isWeak()).toBe(false);
    await pass(minutes(6));
    expect(secret.isWeak()).toBe(true);
    expect(state.warnings).toEqual([expect.stringMatching(/^okta-hook-secret has fewer than 16 characters/)]);
    await pass(minutes(5));
    expect(secret.current()).toEqual(["short", weak]);
    expect(state.warnings).toHaveLength(2);
    await pass(minutes(5));
    expect(secret.isWeak()).toBe(false);
    expect(state.warnings.join()).not.toMatch(/short\b|1234/);
  });

  test("is no matter where nobody asks for a length", async () => {
    const { secret, state } = vault([["short"]]);
    await pass(readMs);
    expect([secret.isWeak(), state.warnings]).toEqual([false, []]);
  });

  test.each([
    [strong, false],
    [strong.slice(1), true],
  ])("is logged on a laptop too: %s", (value, weak) => {
    const warnings: string[] = [];
    const warn = (message: string) => warnings.push(message);
    const secret = knownSecret({ name: "OKTA_HOOK_SECRET", value, minLength: 16, warn });
    expect([secret.isWeak(), warnings.length]).toEqual([weak, weak ? 1 : 0]);
  });
});
