import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addHook, changesOf } from "./applying.ts";
import { startOkta, type Okta } from "./running-okta.ts";

let started: Okta;
let theirs: string;
const write = (name: string, content: object) => {
  writeFileSync(join(started.folder, "local", name), JSON.stringify(content));
};
const keep = (before: object) => {
  write("okta.laptop-before.json", { org: started.org.url, activeHook: theirs, ...before });
};
beforeEach(async () => {
  started = await startOkta("http://127.0.0.1:9/hook");
  theirs = addHook(started.org, "Theirs", "INACTIVE");
  mkdirSync(join(started.folder, "local"));
  write("okta.laptop.json", started.wanted);
});
afterEach(() => started.stop());

const changed = () => changesOf(started.org).filter((call) => !call.endsWith("/oauth2/v1/token"));
const restore = () => started.okta("restore --env laptop --yes");
const phone = { status: "ACTIVE", allowedFor: "any", methods: [{ type: "sms", status: "ACTIVE" }] };

test("what apply kept is put back", async () => {
  keep({ phone });
  expect(await restore()).toMatchObject({ exitCode: 0 });
  expect(started.org.hooks.active()?.id).toBe(theirs);
});

test.each([
  [
    "a method's type",
    { phone: { ...phone, methods: [{ type: "../../../users/00u1/lifecycle/suspend?x=", status: "ACTIVE" }] } },
  ],
  ["what the phone is allowed for", { phone: { ...phone, allowedFor: "everything" } }],
  ["the hook's id", { activeHook: "../users/00u1" }],
])("a kept file is not followed where somebody changed %s", async (_, before) => {
  keep(before);
  const { exitCode, output } = await restore();
  expect([exitCode, output]).toEqual([1, expect.stringContaining("is not what apply writes")]);
  expect(changed()).toEqual([]);
});

test.each([
  ["restore --yes", "okta.laptop-before.json"],
  ["restore --yes", "okta.laptop.json"],
  ["apply --yes --unproved", "okta.laptop-before.json"],
])("%s does not go on with local/%s where git tracks it: a branch brought it", async (command, file) => {
  keep({});
  const git = (...args: string[]) => execFileSync("git", ["-C", started.folder, ...args]);
  git("init", "--quiet");
  git("add", "--force", `local/${file}`);
  const { exitCode, output } = await started.okta(`${command} --env laptop`, { input: "a-hook-secret-of-this-test\n" });
  expect([exitCode, output]).toEqual([1, expect.stringContaining(`local/${file} is tracked by git`)]);
  expect(changed()).toEqual([]);
});
