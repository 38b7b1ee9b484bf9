import { missingFor, type Preset } from "../../../../tools/local/phone/page/preset.ts";
import { presets } from "../../../../tools/local/phone/page/presets.ts";
import type { SettingsAnswer } from "../../../../tools/local/phone/protocol.ts";
import { startDesk, type Desk } from "./desk.ts";

const all = Object.values(presets).flat();

async function outcomeOf(desk: Desk, { send, fault, repeat = 1 }: Preset): Promise<string> {
  if (fault !== undefined) await desk.post("/sandbox/fault", { ...fault, times: 1 });
  let last = "";
  for (let sent = 0; sent < repeat; sent++) {
    const answer = await desk.post("/sandbox/hooks", {
      channel: "sms",
      phoneNumber: "+12025550123",
      ...send,
    });
    const { n } = answer.json() as { n: number };
    const { outcome, reason } = await desk.hook(n, ({ event }) => event !== undefined);
    last = [outcome, reason].filter(Boolean).join(" ");
  }
  return last;
}

describe("the phone page", () => {
  // Allowed and blocked countries cannot both be set, and `strict` sets the blocked countries. So
  // this preset is tested only in `usual`, without its setting.
  const allowed = "Country not on the list";
  /** `usual` has the defaults of npm start. `strict` has every setting that a preset needs. */
  let usual: Desk;
  let strict: Desk;
  beforeAll(async () => {
    const needs = all
      .filter(({ name }) => name !== allowed)
      .flatMap((preset) => preset.needs ?? []);
    const env = Object.fromEntries(needs.map(({ name, value }) => [name, value]));
    [usual, strict] = await Promise.all([startDesk(), startDesk([], env)]);
  });
  afterAll(() => Promise.all([usual.stop(), strict.stop()]));

  const missing = async (desk: Desk, preset: Preset) =>
    missingFor(preset, ((await desk.get("/sandbox/settings")).json() as SettingsAnswer).settings);

  test.each(all.map((preset) => [preset.name, preset] as const))(
    "the preset %s has its stated outcome exactly if the app has the settings that it needs",
    async (_, preset) => {
      const misses = (await missing(usual, preset)) !== "";
      expect((await outcomeOf(usual, preset)) === preset.outcome).toBe(!misses);
      if (!misses || preset.name === allowed) return;
      expect(await missing(strict, preset)).toBe("");
      expect(await outcomeOf(strict, preset)).toBe(preset.outcome);
    },
  );
});

test("missingFor() writes the settings that a preset lacks as assignments for a shell", () => {
  const preset = all.find(({ name }) => name === "Country not on the list");
  const missing = (allowed: string) => {
    const values = Object.entries({
      PHONE_POLICY_MODE: "record",
      PHONE_POLICY_ALLOWED_COUNTRIES: allowed,
    });
    return (
      preset &&
      missingFor(
        preset,
        values.map(([name, value]) => ({ name, value, isSet: true, sentence: "" })),
      )
    );
  };
  expect(missing("US,FR")).toBe("PHONE_POLICY_MODE=enforce");
  expect(missing("")).toBe("PHONE_POLICY_MODE=enforce PHONE_POLICY_ALLOWED_COUNTRIES=US");
  expect(missing("DE")).toBe("PHONE_POLICY_MODE=enforce PHONE_POLICY_ALLOWED_COUNTRIES=US");
});
