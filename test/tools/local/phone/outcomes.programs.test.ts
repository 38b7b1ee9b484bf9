import { missingFor } from "../../../../tools/local/phone/outcome.ts";
import { outcomes } from "../../../../tools/local/phone/outcomes.ts";
import type { OutcomesAnswer } from "../../../../tools/local/phone/protocol.ts";
import { startDesk, type Desk } from "./desk.ts";

const all = Object.values(outcomes).flat();

describe("the outcomes of the phone page", () => {
  // Allowed and blocked countries cannot both be set, and `strict` sets the blocked countries.
  const allowed = "Country not on the list";
  /** `usual` has the defaults of npm start. `strict` has every setting that an outcome needs. */
  let usual: Desk;
  let strict: Desk;
  beforeAll(async () => {
    const needs = all
      .filter(({ name }) => name !== allowed)
      .flatMap((outcome) => outcome.needs ?? []);
    const env = Object.fromEntries(needs.map(({ name, value }) => [name, value]));
    [usual, strict] = await Promise.all([startDesk(), startDesk([], env)]);
  });
  afterAll(() => Promise.all([usual.stop(), strict.stop()]));

  async function offered(desk: Desk) {
    const { groups } = (await desk.get("/sandbox/outcomes")).json() as OutcomesAnswer;
    return groups.flatMap((group) => group.outcomes);
  }

  /** Tries the outcomes one after the other, because their faults are for the next request. */
  async function differing(desk: Desk, wanted: (missing: string, name: string) => boolean) {
    const found: string[] = [];
    for (const { id, name, outcome: expected, missing } of await offered(desk)) {
      if (!wanted(missing, name)) continue;
      const { n } = (await desk.post("/sandbox/outcomes", { id })).json() as { n: number };
      const { outcome, reason } = await desk.hook(n, ({ event }) => event !== undefined);
      const seen = [outcome, reason].filter(Boolean).join(" ");
      if (seen !== expected) found.push(`${name}: ${seen} in place of ${expected}`);
    }
    return found;
  }

  test("each has its stated outcome if the app has the settings that it needs", async () => {
    expect(await differing(usual, (missing) => missing === "")).toEqual([]);
    const needed = all.filter(({ needs = [] }) => needs.length > 0).map(({ name }) => name);
    expect(
      await differing(strict, (missing, name) => missing === "" && needed.includes(name)),
    ).toEqual([]);
  });

  test("each that needs a setting says so, and has another outcome without it", async () => {
    const without = (await offered(usual)).filter(({ missing }) => missing !== "");
    expect(without.length).toBeGreaterThan(3);
    expect(await differing(usual, (missing) => missing !== "")).toHaveLength(without.length);
  });
});

test("missingFor() writes the settings that an outcome lacks as assignments for a shell", () => {
  const outcome = all.find(({ name }) => name === "Country not on the list");
  const missing = (countries: string) => {
    const values = Object.entries({
      PHONE_POLICY_MODE: "record",
      PHONE_POLICY_ALLOWED_COUNTRIES: countries,
    });
    const settings = values.map(([name, value]) => ({ name, value, isSet: true, sentence: "" }));
    return outcome && missingFor(outcome, settings);
  };
  expect(missing("US,FR")).toBe("PHONE_POLICY_MODE=enforce");
  expect(missing("")).toBe("PHONE_POLICY_MODE=enforce PHONE_POLICY_ALLOWED_COUNTRIES=US");
});
