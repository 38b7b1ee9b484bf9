import { missingFor, type Preset } from "../../../local/phone/page/preset.ts";
import { presets } from "../../../local/phone/page/presets.ts";
import type { SettingsAnswer } from "../../../local/phone/protocol.ts";
import { refusedReasons, rejectedReasons, unconfirmedReasons } from "../../../src/delivery/outcome.ts";
import { reasons as allReasons } from "../../reasons.ts";
import { startDesk, type Desk } from "./desk.ts";

const all = Object.values(presets).flat();
const named = (some: readonly Preset[]) => some.map((preset) => [preset.name, preset] as const);

async function outcomeOf(desk: Desk, { send, fault, repeat = 1 }: Preset): Promise<string> {
  if (fault !== undefined) await desk.post("/sandbox/fault", { ...fault, times: 1 });
  let last = "";
  for (let sent = 0; sent < repeat; sent++) {
    const { n } = (
      await desk.post("/sandbox/hooks", { channel: "sms", phoneNumber: "+12025550123", ...send })
    ).json() as {
      n: number;
    };
    const { outcome, reason } = await desk.hook(n, ({ event }) => event !== undefined);
    last = [outcome, reason].filter(Boolean).join(" ");
  }
  return last;
}

test("every way to be refused, rejected or unconfirmed is offered, and every outcome", () => {
  const offered = new Set(all.map((preset) => preset.outcome));
  const reasons = { refused: refusedReasons, rejected: rejectedReasons, unconfirmed: unconfirmedReasons };
  const wanted = Object.entries(reasons).flatMap(([outcome, some]) => some.map((reason) => `${outcome} ${reason}`));
  expect(wanted.filter((outcome) => !offered.has(outcome))).toEqual([]);
  const outcomes = new Set([...offered].map((outcome) => outcome.split(" ")[0]));
  expect([...outcomes].sort()).toEqual(Object.keys(allReasons).sort());
});

const settingsOf = async (desk: Desk) => ((await desk.get("/sandbox/settings")).json() as SettingsAnswer).settings;

describe("what the form offers to try", () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await startDesk();
  });
  afterAll(() => desk.stop());

  test.each(named(all))("%s ends as it says, unless it says that a setting is missing", async (_, preset) => {
    const isMissing = missingFor(preset, await settingsOf(desk)) !== "";
    expect((await outcomeOf(desk, preset)) === preset.outcome).toBe(!isMissing);
  });
});

const offAtFirst = ["Country not on the list", "Blocked country", "Call is off", "Ninth enrollment of one number"];
test.each(named(all.filter(({ name }) => offAtFirst.includes(name))))(
  "%s ends as it says once npm start has what is missing",
  async (_, preset) => {
    const desk = await startDesk([], Object.fromEntries(preset.needs?.map(({ name, value }) => [name, value]) ?? []));
    try {
      expect(missingFor(preset, await settingsOf(desk))).toBe("");
      expect(await outcomeOf(desk, preset)).toBe(preset.outcome);
    } finally {
      await desk.stop();
    }
  },
);

test("what a preset misses is written as the shell takes it", () => {
  const of = (name: string) => all.find((preset) => preset.name === name) ?? { name, says: "", outcome: "", send: {} };
  const withValues = (values: Record<string, string>) =>
    Object.entries(values).map(([name, value]) => ({ name, value, isSet: true, sentence: "" }));
  const allowed = (value: string) =>
    missingFor(
      of("Country not on the list"),
      withValues({ PHONE_POLICY_MODE: "record", PHONE_POLICY_ALLOWED_COUNTRIES: value }),
    );
  expect(allowed("US,FR")).toBe("PHONE_POLICY_MODE=enforce");
  expect(allowed("")).toBe("PHONE_POLICY_MODE=enforce PHONE_POLICY_ALLOWED_COUNTRIES=US");
  expect(allowed("DE")).toBe("PHONE_POLICY_MODE=enforce PHONE_POLICY_ALLOWED_COUNTRIES=US");
});
