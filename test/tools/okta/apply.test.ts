import type { OktaOrg } from "../../../tools/sandbox/okta/management/org.ts";
import type { ApiOptions } from "../../../tools/okta/api.ts";
import type { WantedState } from "../../../tools/okta/wanted-state.ts";
import {
  addHook,
  applyTo,
  bySecret,
  changesOf,
  doing,
  planOf,
  startOrg,
  url,
  wantedOf,
} from "./applying.ts";

let org: OktaOrg;
let wanted: WantedState;
beforeEach(async () => {
  org = await startOrg();
  wanted = wantedOf(org);
});

const plan = (takeOver?: string) => planOf(org, wanted, takeOver);
const applyIt = (takeOver?: string, options: ApiOptions = {}) =>
  applyTo(org, wanted, { takeOver, ...options });
const changes = () => changesOf(org);
/** Counts the calls that began while no telephony hook was active. */
function callsWithoutHook(): number {
  const deactivated = changes().findIndex(
    (call) => call.endsWith("/deactivate") && call.includes("inlineHooks"),
  );
  if (deactivated < 0) return 0;
  return (
    changes()
      .slice(deactivated + 1)
      .findIndex((call) => /inlineHooks$|inlineHooks.*\/activate$/.test(call)) + 1
  );
}

describe("another active telephony hook", () => {
  test("stops apply, and --take-over replaces that hook in place with one PUT", async () => {
    const other = addHook(org, "of another app", "ACTIVE");
    expect((await plan()).blockers).toEqual([expect.stringContaining(`--take-over ${other}`)]);
    expect((await plan("calWrong")).blockers).toHaveLength(1);
    expect((await plan(other)).blockers).toEqual([]);
    const { error } = await applyIt(other);
    expect(error).toBeUndefined();
    expect(changes().filter((call) => call.includes("inlineHooks"))).toEqual([
      `PUT /api/v1/inlineHooks/${other}`,
    ]);
    expect(org.hooks.active()).toMatchObject({
      id: other,
      name: "8x8",
      channel: { config: { uri: url } },
    });
    expect(doing(await plan())).toEqual([]);
  });

  test("is deactivated one call before apply activates our existing hook", async () => {
    const ours = addHook(org, "8x8", "INACTIVE");
    const other = addHook(org, "of another app", "ACTIVE");
    expect((await applyIt(other)).error).toBeUndefined();
    expect([org.hooks.active()?.id, callsWithoutHook()]).toEqual([ours, 1]);
    expect(org.hooks.all()).toHaveLength(2);
  });

  // The calls that fail, how they fail, the hook that is active at the end, and the printed words.
  const adrift = "in the Admin Console now";
  test.each<
    [string, string, "400" | "429" | "500" | "cut before" | "cut after", string | undefined, string]
  >([
    ["is active again when ours cannot be activated", "ours/activate", "400", "theirs", ""],
    ["is active again when ours cannot be activated", "ours/activate", "500", "theirs", ""],
    ["is active again when ours cannot be activated", "ours/activate", "cut before", "theirs", ""],
    ["stays active when it cannot be deactivated", "theirs/deactivate", "500", "theirs", ""],
    ["stays active when it cannot be deactivated", "theirs/deactivate", "cut before", "theirs", ""],
    [
      "is active again when the answer to its deactivation is lost",
      "theirs/deactivate",
      "cut after",
      "theirs",
      "",
    ],
    [
      "stays inactive when ours became active and only the answer is lost",
      "ours/activate",
      "cut after",
      "ours",
      "",
    ],
    [
      "is named in the output when neither hook can be activated",
      "ours/activate theirs/activate",
      "cut before",
      undefined,
      adrift,
    ],
    [
      "is named in the output when Okta's rate limit stops both activations",
      "ours/activate theirs/activate",
      "429",
      undefined,
      adrift,
    ],
  ])("%s (%s: %s)", async (_, calls, how, active, words) => {
    const ids: Readonly<Record<string, string>> = {
      ours: addHook(org, "8x8", "INACTIVE"),
      theirs: addHook(org, "of another app", "ACTIVE"),
    };
    for (const call of calls.split(" ")) {
      const [whose = "", step] = call.split("/");
      org.fail("POST", `${ids[whose]}/lifecycle/${step}`, how);
    }
    const { said, error } = await applyIt(ids["theirs"], { waitLimitMs: 0 });
    expect([error instanceof Error, org.hooks.active()?.id]).toEqual([true, ids[active ?? ""]]);
    expect(said.join()).toMatch(
      words === "" ? /^$/ : new RegExp(`Activate ${ids["theirs"]} ${words}`),
    );
  });
});

describe("apply, when Okta does not change the URL in place,", () => {
  beforeEach(async () => {
    org = await startOrg({ uriIsFixed: true });
    wanted = wantedOf(org);
  });

  test("activates a new hook one call after the old hook is deactivated, and the next plan finds the new hook", async () => {
    const old = addHook(org, "8x8", "ACTIVE");
    const onWait = jest.fn();
    expect((await applyIt(undefined, { onWait })).error).toBeUndefined();
    expect([org.hooks.active()?.id === old, org.hooks.all().length, callsWithoutHook()]).toEqual([
      false,
      2,
      1,
    ]);
    expect(onWait).not.toHaveBeenCalled();
    expect(doing(await plan())).toEqual([]);
  });

  test("replaces an inactive hook with a new one too", async () => {
    const old = addHook(org, "8x8", "INACTIVE");
    expect((await plan()).changes[0]).toMatchObject({ do: "replace-hook", active: false });
    expect((await applyIt()).error).toBeUndefined();
    expect([org.hooks.active()?.name, org.hooks.active()?.id === old, doing(await plan())]).toEqual(
      ["8x8", false, []],
    );
  });

  test("waits for the rate limit before it deactivates the old hook, not after", async () => {
    const rateLimit = { path: "/api/v1/inlineHooks", calls: 3, windowSeconds: 2 };
    org = await startOrg({ uriIsFixed: true, rateLimit });
    wanted = wantedOf(org);
    const old = addHook(org, "8x8", "ACTIVE");
    const waits: string[][] = [];
    const { error } = await applyIt(undefined, { onWait: () => waits.push(changes()) });
    expect([error, org.hooks.active()?.id === old]).toEqual([undefined, false]);
    expect(waits.map((calls) => calls.some((call) => call.endsWith("/deactivate")))).toEqual([
      false,
    ]);
    expect(org.calls.filter(({ answer }) => answer?.status === 429)).toEqual([]);
  });

  test("activates the old hook again if creating the new one fails", async () => {
    const old = addHook(org, "8x8", "ACTIVE");
    org.fail("POST", "/inlineHooks", "500");
    expect((await applyIt()).error).toBeInstanceOf(Error);
    expect(org.hooks.active()?.id).toBe(old);
  });
});

test("apply changes and activates our inactive hook", async () => {
  const ours = addHook(org, "8x8", "INACTIVE");
  expect((await applyIt()).error).toBeUndefined();
  expect([org.hooks.active()?.id, doing(await plan())]).toEqual([ours, []]);
});

test("apply keeps its finished changes after an error, and makes the others in the next run", async () => {
  org.fail("POST", "/lifecycle/activate", "500");
  expect((await applyIt()).error).toBeInstanceOf(Error);
  expect(org.hooks.active()?.name).toBe("8x8");
  expect(doing(await plan())).toEqual(["activate-phone", "set-method"]);
  expect((await applyIt()).error).toBeUndefined();
  expect([doing(await plan()), org.phone.state()?.methods["voice"]]).toEqual([[], "INACTIVE"]);
});

test("plan has a blocker for a custom telephony provider", async () => {
  org.admin.telephonyProviders = [
    { id: "oct1", enabled: true, providerName: "TWILIO", isPrimaryProvider: true },
  ];
  expect((await plan()).blockers).toEqual([expect.stringContaining("custom telephony provider")]);
});

test("apply leaves policies unchanged, and plan names the steps for an administrator", async () => {
  expect((await plan()).admin).toEqual([]);
  org.admin.enrollmentPolicies = [];
  org.admin.accessPolicies = [{ id: "rst1", status: "ACTIVE", rules: [] }];
  expect((await plan()).admin).toEqual([
    expect.stringContaining("step 4"),
    expect.stringContaining("step 5"),
  ]);
  await applyIt();
  expect(changes().filter((call) => call.includes("policies"))).toEqual([]);
});

test("plan names each difference: URL, header, methods and allowed use", async () => {
  await applyIt();
  wanted = {
    ...wanted,
    hook: { ...bySecret, header: "x-telephony-key", url: "http://127.0.0.1:9/moved" },
    phone: { sms: true, voice: true, allowedFor: "sso" },
  };
  expect((await plan()).changes).toMatchObject([
    { do: "replace-hook", parts: ["url", "header"] },
    { do: "replace-phone" },
    { do: "set-method", type: "voice", active: true },
  ]);
  expect((await applyIt()).error).toBeUndefined();
  expect(doing(await plan())).toEqual([]);
});
