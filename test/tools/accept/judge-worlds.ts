import type { Ask } from "../../../tools/accept/asks.ts";
import { isTried } from "../../../tools/accept/assumption.ts";
import { assumptions } from "../../../tools/accept/assumptions.ts";
import { describe as describeReport } from "../../../tools/accept/report.ts";
import { run } from "../../../tools/accept/run.ts";
import { apiKey, hookSecret, receiptSecret } from "../../app.ts";
import { eventSecret } from "../../functions/outcomes-in-azure.ts";
import { apiToken } from "../okta/signed-in.ts";
import type { FalseWorld } from "./false-world.ts";
import { phone, startWorld, type Seen, type World } from "./world.ts";

let world: World;
const secrets = [hookSecret, apiKey, eventSecret, receiptSecret, apiToken];
const login = "test\\.user@okta\\.com";
/** Words that do not help a person who reads the report. */
const neverSaid = /NaN|undefined|\[object|None came|none, none|fetch failed$/m;

/** @param inVain Assumptions whose events never arrive. The wait for them is short. */
async function accept(seen: Seen, asked: readonly Ask[], inVain: readonly string[] = []) {
  const lines: string[] = [];
  const live = world.open(seen, asked);
  const patient = live.patienceMs;
  const isPatientFor = (id = "") => {
    Object.assign(live, { patienceMs: inVain.includes(id) ? 200 : patient });
  };
  isPatientFor(assumptions[0]?.id);
  const entries = await run(assumptions, live, {
    secrets: () => [phone, ...secrets],
    onEntry({ id, verdict, seen }) {
      lines.push(`${verdict} ${id}: ${seen}`);
      isPatientFor(assumptions[assumptions.findIndex((one) => one.id === id) + 1]?.id);
    },
  });
  const output = [
    ...lines,
    describeReport({ environment: "dev", startedAt: new Date(0), assumptions, entries }),
  ].join("\n");
  return { entries, output };
}

function neededBy(id: string): readonly Ask[] {
  const one = assumptions.find((assumption) => assumption.id === id);
  return one !== undefined && isTried(one) && one.needs !== undefined ? [one.needs] : [];
}

/**
 * Tests that a run in each world finds only the false assumption, names its cause and changes
 * nothing.
 */
export function judgeWorlds(
  worlds: readonly (readonly [of: string, worlds: readonly FalseWorld[]])[],
): void {
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.stop());
  beforeEach(() => world.reset());

  describe.each(worlds)("an assumption about %s", (_, falseWorlds) => {
    test.each(falseWorlds.map((one) => ({ result: one.verdict ?? "differs", ...one })))(
      "$id: $result when $name",
      async ({ make, seen, id, words, asked = neededBy(id), result: verdict, ...expected }) => {
        const { also = [], inVain } = expected;
        await make?.(world);
        const before = world.state();
        const { entries, output } = await accept(
          seen?.(world) ?? {},
          asked,
          inVain === true ? [id, ...also] : inVain,
        );

        const differing = entries
          .filter((entry) => entry.verdict === "differs")
          .map(({ id }) => id);
        const entry = entries.find((one) => one.id === id);
        expect({
          differing: differing.filter((one) => !also.includes(one)),
          verdict: entry?.verdict,
          lacks: words
            .filter((pattern) => !pattern.test(entry?.seen ?? ""))
            .map((pattern) => `${pattern.source} in: ${entry?.seen}`),
        }).toEqual({
          differing: verdict === "differs" ? [id] : [],
          verdict,
          lacks: [],
        });
        expect(output).toContain(entry?.seen);
        expect(output).not.toMatch(neverSaid);
        expect(output).not.toMatch(new RegExp([...secrets, phone.slice(1), login].join("|")));
        expect(world.isStopped).toBe(expected.staysStopped ?? false);
        world.isStopped = false;
        expect(world.state()).toEqual(before);
      },
    );
  });
}

/** Returns the assumptions that differ in a world where all assumptions are true. */
export async function differencesAsAssumed() {
  const { entries } = await accept({}, ["phone", "sign-in"]);
  return entries.filter(({ verdict }) => verdict === "differs");
}
