import { hookSecret, startApp, type App } from "../../app.ts";
import { addHook } from "./hooks-in-org.ts";
import { startOkta, type Okta } from "./running-okta.ts";
import { apiToken } from "./signed-in.ts";

const eventSecret = "the-event-secret-of-the-tests";
let app: App;
let okta: Okta;
let theirs: string;
let theirChannel: unknown;
beforeAll(async () => {
  app = await startApp({ OKTA_EVENT_SECRET: eventSecret });
});
afterAll(() => app.stop());
const events = () => ({ name: "8x8 outcomes", url: `${app.url}/api/okta/events`, filter: true });
beforeEach(async () => {
  okta = await startOkta(`${app.url}/api/okta/telephony`);
  okta.want({ events: events() });
  theirs = addHook(okta.org, "Twilio", "ACTIVE", {
    uri: "http://127.0.0.1:9/theirs?key=of-theirs",
    headers: [{ key: "x-theirs", value: "v" }],
  });
  theirChannel = structuredClone(okta.org.hooks.active()?.channel);
});
afterEach(async () => {
  expect(find(theirs)).toMatchObject({ name: "Twilio", channel: theirChannel });
  expect(okta.org.calls.filter(({ call }) => call.endsWith(`${theirs}/execute`))).toEqual([]);
  await okta.stop();
});

const find = (id: string) => okta.org.hooks.all().find((hook) => hook.id === id);
const active = () => okta.org.hooks.active()?.name;
const run = (args: string, secret = hookSecret) =>
  okta.okta(`${args} --env test --yes`, {
    input: `hook=${secret}\nevent=${eventSecret}\n`,
    env: { OKTA_API_TOKEN: apiToken },
  });
const eventHook = () => okta.org.eventHooks.all()[0]?.status;

test("activate shows both hooks, switches, verifies, and prints how long no hook was active", async () => {
  const { exitCode, output } = await run("activate");
  expect(output).toMatch(
    new RegExp(
      [
        `~ telephony hook "Twilio" \\(${theirs}, http://127.0.0.1:9/theirs\\?…\\): deactivate`,
        `no hook is active\\. Okta sends the codes itself`,
        `The way back: npx --no okta-8x8-telephony okta activate ${theirs} --env test`,
        `~ telephony hook: create and activate, with the URL http`,
        `If this command stops halfway, run: npx --no okta-8x8-telephony okta activate ${theirs} --env test`,
        `No hook was active for \\d+\\.\\d s\\.`,
        `Done: telephony hook`,
        `Done: event hook`,
        `Okta reached the hook`,
      ].join("[^]*"),
    ),
  );
  expect([exitCode, active(), find(theirs)?.status, eventHook()]).toEqual([
    0,
    "8x8",
    "INACTIVE",
    "ACTIVE",
  ]);
});

test("activate with a wrong secret changes nothing, and with --unproved it restores the old hook", async () => {
  const refused = await run("activate", "not-the-hook-secret");
  expect([refused.exitCode, active(), okta.org.hooks.all().length]).toEqual([1, "Twilio", 1]);
  expect(refused.output).toContain("Nothing was changed.");
  const { exitCode, output } = await run("activate --unproved", "not-the-hook-secret");
  expect([exitCode, active()]).toEqual([1, "Twilio"]);
  expect(output).toMatch(/A 401 means that the secret is wrong\..*"Twilio".* is active again/);
  expect((await run("activate --give-secrets")).exitCode).toBe(0);
  expect([active(), okta.org.hooks.all().length]).toEqual(["8x8", 2]);
});

test("activate with the old hook's name switches back, and a second activate needs no secret", async () => {
  await run("activate");
  const executed = okta.org.calls.length;
  const back = await run("activate Twilio");
  expect([back.exitCode, active(), eventHook()]).toEqual([0, "Twilio", "INACTIVE"]);
  expect(back.output).toContain("  Codes go to 127.0.0.1:9\n");
  const calls = okta.org.calls.slice(executed).map(({ call }) => call);
  expect(calls.filter((call) => call.endsWith("/execute"))).toEqual([]);
  expect((await okta.okta("apply --env test --yes")).exitCode).toBe(2);
  expect([active(), eventHook()]).toEqual(["Twilio", "INACTIVE"]);
  const again = await okta.okta("activate --env test --yes");
  expect([again.exitCode, active(), eventHook()]).toEqual([0, "8x8", "ACTIVE"]);
});

test("activate finds a hook by its id, finishes an interrupted run, and refuses an ambiguous name", async () => {
  await run("activate");
  okta.org.fail("POST", "/deactivate", "cut before");
  expect(await run(`activate ${theirs}`)).toMatchObject({ exitCode: 1 });
  okta.org.fail("POST", "whomever/lifecycle/deactivate", "500");
  expect(await run(`activate ${theirs}`)).toMatchObject({ exitCode: 0 });
  expect(await run(`activate ${theirs}`)).toMatchObject({ exitCode: 0 });
  expect([active(), eventHook()]).toEqual(["Twilio", "INACTIVE"]);
  const unknown = /No telephony hook has this name.* "Twilio" \(cal.*\), active; "8x8"/;
  expect((await run("activate nobody")).output).toMatch(unknown);
  addHook(okta.org, "Twilio", "INACTIVE");
  expect((await run("activate Twilio")).output).toContain("Several telephony hooks have this name");
});

describe("if our hook exists, activate tests it before it deactivates the old hook", () => {
  const deactivations = () =>
    okta.org.calls.filter(({ call }) => call.endsWith("/deactivate")).length;
  beforeEach(async () => {
    await run("activate --unproved", "a-wrong-hook-secret");
  });

  test("activate keeps the old hook if Okta has a wrong secret, and names --give-secrets", async () => {
    const before = deactivations();
    const { exitCode, output } = await run("activate");
    expect([exitCode, active(), deactivations()]).toEqual([1, "Twilio", before]);
    expect(output).toMatch(
      /"8x8" .* does not work, so "Twilio" .* stays active\. .* run: npx --no okta-8x8-telephony okta activate --give-secrets --env test/,
    );
    expect((await run("activate --give-secrets")).exitCode).toBe(0);
  });

  test("if Okta executes no inactive hook, activate says so, and tests our hook after the switch", async () => {
    okta.org.admin.refusesInactive = true;
    const before = deactivations();
    const { exitCode, output } = await run("activate --give-secrets");
    expect([exitCode, active(), deactivations()]).toEqual([0, "8x8", before + 1]);
    expect(output).toContain("Okta does not test a hook that is inactive");
  });
});

test("activate with our hook's name shows, judges and verifies the URL in Okta", async () => {
  await run("activate");
  await run("activate Twilio");
  const other = { hook: { ...okta.wanted.hook, url: "https://func.test/api/okta/telephony" } };
  okta.want(other);
  const back = await run("activate 8x8");
  expect([back.exitCode, active()]).toEqual([0, "8x8"]);
  expect(back.output).toContain(`Codes and the hook secret go to ${new URL(app.url).host}`);
  expect(back.output).toMatch(/Okta reached the hook/);
  await run("activate Twilio");
  Object.assign(find(okta.org.hooks.all()[1]?.id ?? "")?.channel.config ?? {}, {
    uri: "https://evil.test/api/okta/telephony",
  });
  const evil = await run("activate 8x8");
  expect([evil.exitCode, active(), evil.output]).toEqual([
    1,
    "Twilio",
    expect.stringMatching(/go to evil\.test[^]*: the hook at evil\.test/),
  ]);
});

test("deactivate deactivates both hooks of the app, and leaves another app's hook active", async () => {
  expect([(await run("deactivate")).exitCode, active()]).toEqual([0, "Twilio"]);
  await run("activate");
  const { exitCode, output } = await run("deactivate");
  expect([exitCode, active(), eventHook()]).toEqual([0, undefined, "INACTIVE"]);
  expect(output).toMatch(
    /"8x8" .*: deactivate[^]*no hook is active\. Okta sends the codes itself[^]*run: npx --no okta-8x8-telephony okta activate --env test/,
  );
  expect([(await run("activate")).exitCode, active(), eventHook()]).toEqual([0, "8x8", "ACTIVE"]);
});

test("verify beside another app's hook names activate", async () => {
  expect((await okta.okta("verify --env test")).output).toContain(
    "run: npx --no okta-8x8-telephony okta activate --env test",
  );
});

describe("an org keeps an active hook", () => {
  /** If Okta never answers again, the output must name the command that activates a hook. */
  async function isOneActive(output: string, isGone: boolean): Promise<boolean> {
    okta.org.recover();
    okta.org.onCall = undefined;
    if (isGone && active() === undefined) {
      const named =
        /MAY HAVE NO ACTIVE TELEPHONY HOOK\. Run: npx --no okta-8x8-telephony okta (activate \S+) /;
      await run(named.exec(output)?.[1] ?? "none");
    }
    return active() !== undefined;
  }

  /** Disturbs each call to Okta once. Returns the calls after which the command left a wrong state. */
  async function atEachCall(args: string, disturb: (calls: number) => void, isGone = false) {
    const dead: number[] = [];
    const isOurs = args === "activate Twilio";
    await run("activate");
    // Setting the state takes much less CPU than a run of the commands that lead to it.
    const prepare = (attempt: number) => {
      const { hook } = okta.wanted;
      const newOne = { ...hook, name: `8x8 ${attempt}`, url: `${hook.url}?${attempt}` };
      if (args === creating) okta.want({ events: events(), hook: newOne });
      for (const one of okta.org.hooks.all())
        one.status = one.name === (isOurs ? "8x8" : "Twilio") ? "ACTIVE" : "INACTIVE";
      for (const one of okta.org.eventHooks.all())
        Object.assign(one, {
          status: isOurs ? "ACTIVE" : "INACTIVE",
          verificationStatus: "VERIFIED",
        });
    };
    prepare(-1);
    const from = okta.org.calls.length;
    expect(await run(args)).toMatchObject({ exitCode: 0 });
    const calls = okta.org.calls.length - from;
    expect(calls).toBeGreaterThan(6);
    for (let call = 0; call < calls; call += 1) {
      prepare(call);
      disturb(call);
      const { output } = await run(args);
      // In these tests, only the command changes the org.
      const blamesAnother = output.includes("another person");
      if (blamesAnother || !(await isOneActive(output, isGone))) dead.push(call);
    }
    return dead;
  }

  const creating = "activate";
  const commands = [[creating], ["activate --give-secrets"], ["activate Twilio"]];

  // The kinds of failure take turns, so that each call fails only once.
  const kinds = ["cut after", "400", "cut before", "500"] as const;
  const kindOf = (args: string, call: number) =>
    kinds[(call + commands.findIndex(([other]) => other === args)) % kinds.length] ?? "500";

  describe.each(commands)("%s", (args) => {
    test("after any single call fails, a hook is active", async () => {
      const fail = (calls: number) => {
        okta.org.failAfter(calls, kindOf(args, calls));
      };
      expect(await atEachCall(args, fail)).toEqual([]);
    });

    test("after Okta stops answering at any call, a hook is active or the printed command activates a hook", async () => {
      const die = (calls: number) => {
        okta.org.failAfter(calls, calls % 2 === 0 ? "cut before" : "cut after", true);
        // Each call without an answer takes 10 s, so that activate makes few calls until it gives up.
        const last = okta.org.calls.length + calls;
        okta.org.onCall = (count) => {
          if (count > last) okta.timing.pass(10_000);
        };
      };
      expect(await atEachCall(args, die, true)).toEqual([]);
    });

    test("after Ctrl-C at any call, a hook is active", async () => {
      const stop = (after: number) => {
        const from = okta.org.calls.length;
        okta.org.onCall = (calls) => {
          if (calls - from === after + 1) process.emit("SIGINT");
        };
      };
      expect(await atEachCall(args, stop)).toEqual([]);
    });
  });
});
