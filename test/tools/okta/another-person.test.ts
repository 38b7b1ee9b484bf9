import { setTimeout as sleep } from "node:timers/promises";
import { hookSecret, startApp, type App } from "../../app.ts";
import { addHook } from "./hooks-in-org.ts";
import { startOkta, type Okta } from "./running-okta.ts";

let app: App;
let okta: Okta;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());
beforeEach(async () => {
  okta = await startOkta(`${app.url}/api/okta/telephony`);
});
afterEach(() => okta.stop());

const run = (args: string) =>
  okta.okta(`${args} --env test --yes`, { input: `hook=${hookSecret}` });
const find = (name: string) => okta.org.hooks.all().find((hook) => hook.name === name);
const active = () => okta.org.hooks.active()?.name;
const set = (name: string, changes: object) => Object.assign(find(name) ?? {}, changes);
/** Another person acts once, just after the org has answered a call. */
function onceAfter(pattern: RegExp, act: () => void): void {
  okta.org.onCall = (count) => {
    if (!pattern.test(okta.org.calls[count - 1]?.call ?? "")) return;
    okta.org.onCall = undefined;
    act();
  };
}

test.each(["apply", "activate"])(
  "if another person edits the hook after the plan, %s shows the new plan and changes nothing",
  async (command) => {
    await run("apply");
    set("8x8", { name: "8x8 (old)" });
    onceAfter(/^GET .*inlineHooks$/, () => {
      set("8x8 (old)", { name: "theirs", lastUpdated: new Date(0).toISOString() });
    });
    const { exitCode, output } = await run(command);
    expect([exitCode, okta.org.calls.some(({ call }) => call.startsWith("PUT"))]).toEqual([
      1,
      false,
    ]);
    expect(output).toMatch(
      /the org changed after this plan was made\. This is the new plan:\nOrg [^]*name: theirs → 8x8/,
    );
  },
);

test.each([
  // The last call of each command that the hook's tests or its activation make.
  ["apply", /\/execute$/, 1],
  ["activate", /\/execute$/, 3],
  ["activate Twilio", /\/activate$/, 1],
])(
  "if another person activates a third hook, %s exits with 1 and names the third hook",
  async (command, last, times) => {
    addHook(okta.org, "Twilio", "ACTIVE");
    addHook(okta.org, "third", "INACTIVE");
    await run("activate");
    if (command !== "activate Twilio") await run("activate Twilio");
    if (command === "apply") set("Twilio", { status: "INACTIVE" });
    let left = times;
    okta.org.onCall = (count) => {
      if (!last.test(okta.org.calls[count - 1]?.call ?? "") || --left !== 0) return;
      for (const hook of okta.org.hooks.all()) hook.status = "INACTIVE";
      set("third", { status: "ACTIVE" });
    };
    const { exitCode, output } = await run(command);
    expect([exitCode, active()]).toEqual([1, "third"]);
    expect(output).toMatch(/The active telephony hook is "third"/);
  },
);

test("if the old hook no longer exists, the way back names hooks that exist", async () => {
  addHook(okta.org, "Twilio", "ACTIVE");
  onceAfter(/\/deactivate$/, () => {
    okta.org.hooks.remove(find("Twilio")?.id ?? "");
    okta.org.fail("POST", "/inlineHooks", "400");
    addHook(okta.org, "third", "INACTIVE");
  });
  const { exitCode, output } = await run("activate");
  expect([exitCode, output]).toEqual([
    1,
    expect.stringMatching(/"Twilio" .* no longer exists\. .*activate "NAME OR ID".*"third" \(cal/),
  ]);
});

test.each([
  ["activate", "activate"],
  ["activate", "activate Twilio"],
])(
  "if two people switch at the same time in 20 rounds, only the person whose hook is active gets exit code 0 (%s, %s)",
  async (...commands) => {
    for (const name of ["Twilio", "third"]) addHook(okta.org, name, "INACTIVE");
    // The calls of both commands mix in many ways.
    okta.org.beforeCall = () => sleep(Math.random() * 30);
    const ended: string[] = [];
    for (let round = 0; round < 20; round += 1) {
      const hook = { ...okta.wanted.hook, name: `8x8 ${round}` };
      okta.want({ hook: { ...hook, url: `${hook.url}?${round}` } });
      for (const one of okta.org.hooks.all())
        one.status = one.name === "third" ? "ACTIVE" : "INACTIVE";
      for (const [at, { exitCode }] of (await Promise.all(commands.map(run))).entries()) {
        const wanted = commands[at] === "activate" ? hook.name : "Twilio";
        if (exitCode === 0)
          ended.push(active() === wanted ? "active" : `${wanted}, but ${active()}`);
      }
    }
    expect([new Set(ended), ended.length > 10]).toEqual([new Set(["active"]), true]);
  },
);
