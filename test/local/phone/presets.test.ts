import type { Preset } from "../../../local/phone/page/preset.ts";
import { presets } from "../../../local/phone/page/presets.ts";
import { refusedReasons, rejectedReasons, unconfirmedReasons } from "../../../src/delivery/outcome.ts";
import { reasons as allReasons } from "../../reasons.ts";
import { startDesk, type Desk } from "./desk.ts";

const all = Object.values(presets).flat();
const named = (some: readonly Preset[]) => some.map((preset) => [preset.name, preset] as const);

async function endingOf(desk: Desk, { send, fault, repeat = 1 }: Preset): Promise<string> {
  if (fault !== undefined) await desk.post("/sandbox/fault", { ...fault, times: 1 });
  let ending = "";
  for (let sent = 0; sent < repeat; sent++) {
    const { n } = (
      await desk.post("/sandbox/hooks", { channel: "sms", phoneNumber: "+12025550123", ...send })
    ).json() as {
      n: number;
    };
    const { outcome, reason } = await desk.hook(n, ({ event }) => event !== undefined);
    ending = [outcome, reason].filter(Boolean).join(" ");
  }
  return ending;
}

test("every way to be refused, rejected or unconfirmed is offered, and every outcome", () => {
  const ends = new Set(all.map((preset) => preset.ends));
  const reasons = { refused: refusedReasons, rejected: rejectedReasons, unconfirmed: unconfirmedReasons };
  const wanted = Object.entries(reasons).flatMap(([outcome, some]) => some.map((reason) => `${outcome} ${reason}`));
  expect(wanted.filter((ending) => !ends.has(ending))).toEqual([]);
  const outcomes = new Set([...ends].map((ending) => ending.split(" ")[0]));
  expect([...outcomes].sort()).toEqual(Object.keys(allReasons).sort());
});

describe("what the form offers to try", () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await startDesk();
  });
  afterAll(() => desk.stop());

  test.each(named(all.filter(({ needs }) => needs === undefined)))("%s ends as it says", async (_, preset) => {
    expect(await endingOf(desk, preset)).toBe(preset.ends);
  });
});

describe("what needs a setting", () => {
  test.each(named(all.filter(({ needs }) => needs !== undefined)))("%s ends as it says", async (_, preset) => {
    const [name = "", value = ""] = preset.needs?.split("=") ?? [];
    const desk = await startDesk([], { [name]: value });
    try {
      expect(await endingOf(desk, preset)).toBe(preset.ends);
    } finally {
      await desk.stop();
    }
  });
});
