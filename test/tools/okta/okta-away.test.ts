import { hookSecret, startApp, type App } from "../../app.ts";
import { addHook } from "./hooks-in-org.ts";
import { startOkta, type Okta } from "./running-okta.ts";
import { apiToken } from "./signed-in.ts";

let app: App;
let okta: Okta;
let theirs: string;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());
beforeEach(async () => {
  okta = await startOkta(`${app.url}/api/okta/telephony`);
  theirs = addHook(okta.org, "Twilio", "ACTIVE");
});
afterEach(() => okta.stop());

const run = (args: string) =>
  okta.okta(`${args} --env test --yes`, {
    input: `hook=${hookSecret}`,
    env: { OKTA_API_TOKEN: apiToken },
  });
const active = () => okta.org.hooks.active()?.name;

/** Afterwards, the org has our hook, and "Twilio" is active. */
async function switchThereAndBack(): Promise<void> {
  await run("activate");
  await run("activate Twilio");
}

/** Okta is away for some seconds after its answer to a call. If Okta hangs, each call takes 10 s. */
function goAwayAfter(pathEnd: string, seconds: number, hangs = false): void {
  let until: number | undefined;
  okta.org.onCall = (calls) => {
    if (okta.org.calls[calls - 1]?.call.endsWith(pathEnd) === true)
      until ??= okta.timing.elapsed() + 1_000 * seconds;
  };
  okta.org.failWhile(() => {
    const isAway = until !== undefined && okta.timing.elapsed() < until;
    if (isAway && hangs) okta.timing.pass(10_000);
    return isAway;
  }, "cut before");
}

describe.each([5, 90])("if Okta is away for %i s", (seconds) => {
  test("between the two calls of a switch, activate waits and restores the old hook", async () => {
    goAwayAfter("/deactivate", seconds);
    const { exitCode, output } = await run("activate");
    expect([exitCode, active()]).toEqual([1, "Twilio"]);
    expect(output).toMatch(/"Twilio" \(cal.*\) is active again\. No hook was active for \d+\.\d s/);
    expect(output.match(/^\d+0 s: waiting for Okta to/gm) ?? []).toHaveLength(
      Math.floor(seconds / 10),
    );
  });

  test("after the switch, activate waits, verifies its hook and exits with 0", async () => {
    await switchThereAndBack();
    goAwayAfter("/lifecycle/activate", seconds);
    const { exitCode, output } = await run("activate");
    expect([exitCode, active()]).toEqual([0, "8x8"]);
    expect(output).toMatch(/The active telephony hook is "8x8" .*Okta reached the hook/);
  });
});

test("while Okta hangs, a line every 10 s says what activate waits for and what the org has", async () => {
  await switchThereAndBack();
  goAwayAfter("/deactivate", 60, true);
  const { output } = await run("activate");
  const lines = output.match(/^\d+ s: .*$/gm) ?? [];
  expect(lines.length).toBeGreaterThanOrEqual(6);
  expect(lines[2]).toMatch(
    /^30 s: waiting for Okta to activate "Twilio" \(.*\) again\. No telephony hook is active\.$/,
  );
});

test("Ctrl-C ends the wait, and activate prints the way back", async () => {
  goAwayAfter("/deactivate", 1_000);
  const every = okta.timing.every.bind(okta.timing);
  okta.timing.every = (ms, act) =>
    every(ms, () => {
      act();
      process.emit("SIGINT");
    });
  const { exitCode, output } = await run("activate");
  expect([exitCode, okta.timing.elapsed() < 25_000]).toEqual([1, true]);
  const command = `npx --no okta-8x8-telephony okta activate ${theirs} --env test`;
  expect(output).toContain(`MAY HAVE NO ACTIVE TELEPHONY HOOK. Run: ${command}`);
});

test("if Okta's answer to a creation is lost, activate finds the new hook and verifies it", async () => {
  okta.org.fail("POST", "/inlineHooks", "cut after");
  expect([(await run("activate")).exitCode, active()]).toEqual([0, "8x8"]);
  expect(okta.org.hooks.all()).toHaveLength(2);
});

test("if Okta stays away after a creation, activate says that the new hook may be live", async () => {
  okta.org.fail("POST", "/inlineHooks", "cut after");
  okta.org.onCall = (calls) => {
    if (okta.org.calls[calls - 1]?.call === "POST /api/v1/inlineHooks")
      okta.org.failWhile(() => true, "500");
  };
  expect((await run("activate")).output).toContain("THE NEW HOOK MAY BE LIVE. To check it, run:");
  expect(active()).toBe("8x8");
});
