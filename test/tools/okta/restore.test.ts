import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createApi } from "../../../tools/okta/api.ts";
import { createOrg } from "../../../tools/okta/org.ts";
import { addHook, applyTo, changesOf } from "./applying.ts";
import { startOkta, type Okta } from "./running-okta.ts";
import { asAdministrator } from "./signed-in.ts";

let started: Okta;
let theirs: string;
const write = (name: string, content: object) => {
  writeFileSync(join(started.folder, "tools/local", name), JSON.stringify(content));
};
const keep = (before: object) => {
  write("okta.laptop-before.json", { org: started.org.url, activeHook: theirs, ...before });
};
beforeEach(async () => {
  started = await startOkta("http://127.0.0.1:9/hook");
  theirs = addHook(started.org, "Theirs", "INACTIVE");
  mkdirSync(join(started.folder, "tools/local"), { recursive: true });
  write("okta.laptop.json", started.wanted);
});
afterEach(() => started.stop());

const changed = () => changesOf(started.org).filter((call) => !call.endsWith("/oauth2/v1/token"));
const restore = () => started.okta("restore --env laptop --yes");
const phone = { status: "ACTIVE", allowedFor: "any", methods: [{ type: "sms", status: "ACTIVE" }] };

const admin = () => createOrg(createApi(started.org.url, asAdministrator));
const apply = () => applyTo(started.org, started.wanted);

test("restore activates the old hook, and restores the phone's methods and allowed use", async () => {
  await admin().setHookStatus(theirs, "activate");
  const id = await admin().createPhone("Phone", { allowedFor: "recovery" });
  await admin().activatePhone(id);
  await admin().setMethodStatus(id, "sms", "deactivate");
  const before = await admin().phone();
  const [sms, voice] = [
    { type: "sms", status: "INACTIVE" },
    { type: "voice", status: "ACTIVE" },
  ];
  keep({ phone: { status: "ACTIVE", allowedFor: "recovery", methods: [sms, voice] } });
  await apply();
  expect(await admin().phone()).not.toEqual(before);
  expect(await restore()).toMatchObject({ exitCode: 0 });
  expect(await admin().phone()).toEqual(before);
  expect(started.org.hooks.active()?.id).toBe(theirs);
});

test("restore keeps our hook active if the old one cannot be activated, and succeeds when run again", async () => {
  keep({ phone });
  await apply();
  const ours = started.org.hooks.active()?.id;
  started.org.fail("POST", `${theirs}/lifecycle/activate`, "403");
  expect(await restore()).toMatchObject({ exitCode: 1 });
  expect(started.org.hooks.active()?.id).toBe(ours);
  expect(await restore()).toMatchObject({ exitCode: 0 });
  expect(started.org.hooks.active()?.id).toBe(theirs);
});

test("restore leaves no hook active if apply found no active hook, and restores only once", async () => {
  keep({ activeHook: undefined });
  await apply();
  expect(started.org.hooks.active()).toBeDefined();
  await restore();
  expect(started.org.hooks.active()).toBeUndefined();
  const { exitCode, output } = await restore();
  expect([exitCode, output]).toEqual([1, expect.stringContaining("There is nothing to restore")]);
});

test.each([
  [
    "a method's type",
    {
      phone: {
        ...phone,
        methods: [{ type: "../../../users/00u1/lifecycle/suspend?x=", status: "ACTIVE" }],
      },
    },
  ],
  ["the phone's allowed use", { phone: { ...phone, allowedFor: "everything" } }],
  ["the hook's id", { activeHook: "../users/00u1" }],
])("restore changes nothing if the file has an invalid value for %s", async (_, before) => {
  keep(before);
  const { exitCode, output } = await restore();
  expect([exitCode, output]).toEqual([
    1,
    expect.stringContaining("does not have the format that apply writes"),
  ]);
  expect(changed()).toEqual([]);
});

test.each([
  ["restore --yes", "okta.laptop-before.json"],
  ["restore --yes", "okta.laptop.json"],
  ["apply --yes --unproved", "okta.laptop-before.json"],
])("%s changes nothing if git tracks tools/local/%s", async (words, file) => {
  keep({});
  const git = (...args: string[]) => execFileSync("git", ["-C", started.folder, ...args]);
  git("init", "--quiet");
  git("add", "--force", `tools/local/${file}`);
  const { exitCode, output } = await started.okta(`${words} --env laptop`, {
    input: "a-hook-secret-of-this-test\n",
  });
  expect([exitCode, output]).toEqual([
    1,
    expect.stringContaining(`tools/local/${file} is tracked by git`),
  ]);
  expect(changed()).toEqual([]);
});
