import { existsSync, statSync } from "node:fs";
import {
  faultCurl,
  hookCurl,
  npmStart,
  ready,
  receiptCurl,
  shell,
  voiceHook,
  type Command,
} from "./starting.ts";

// One start for all: each test finds what the ones before it have left.
let started: Command;
let curl: string;
beforeAll(async () => {
  started = npmStart(["--fault", "rejected", "--verbose"]);
  curl = await started.printed(hookCurl);
});

const answered = async (command: string): Promise<unknown> => JSON.parse(await shell(command));
const fail = async (body: string) =>
  shell((await started.printed(faultCurl)).replace(/\{.*\}/, body));

test("npm start begins with the fault it is given", async () => {
  expect(await answered(curl)).toMatchObject({ commands: [{ value: [{ status: "FAILED" }] }] });
  await started.printed(/^\S+ → rejected /m);
  expect(started.output).not.toContain("┌──");
});

test("the curl that it prints is answered SUCCESSFUL; the message is shown, and what became of both", async () => {
  await fail('{"fault":"none"}');
  expect(await answered(curl)).toMatchObject({ commands: [{ value: [{ status: "SUCCESSFUL" }] }] });
  await started.printed(/^┌── SMS to \+12025550123\n│ \(HOOK\)Your code is 11111\n└──$/m);
  await started.printed(/^\S+ → accepted · sms · US · 8x8 200 \(QUEUED\) · \d+ ms$/m);
  await started.printed(
    /^\S+ ← receipt: delivered delivered_to_recipient · …0123 · sms · US · 0\.0125 USD$/m,
  );
});

test("a receipt that is set by the curl that it prints stands under the next message", async () => {
  await shell(await started.printed(receiptCurl));
  await shell(curl);
  await started.printed(
    /^\S+ ← receipt: undelivered rejected_by_operator · …0123 · error 1 · sms · US$/m,
  );
});

test("the call that it prints is spoken, and ends as a call", async () => {
  await shell(
    (await started.printed(voiceHook)).replace("npm run hook --", "node tools/hook/main.ts"),
  );
  await started.printed(/^┌── Call to \+12025550123 \(en-GB-Emma, .*\n│ Your .*\d, \d, \d/m);
  await started.printed(/^\S+ ← receipt: completed hangup · …0123 · voice · US$/m);
});

test("each answer of 8x8's is on the line of its hook, and a wrong secret has one too", async () => {
  await fail('{"fault":"503"}');
  expect(await answered(curl)).toHaveProperty("error");
  await started.printed(
    /^\S+ → unavailable provider-error · sms · US · 8x8 503, 503 \(2000\) · \d+ ms$/m,
  );
  await shell(curl.replace("it'\\''s local", "a guess"));
  await started.printed(/^\S+ → unauthenticated wrong-secret · \d+ ms$/m);
});

test("only this user can read the secrets that it leaves for npm run hook", () => {
  const folder = folderOfStarted();
  expect(
    ["", "/app.json", "/env", "/key.json"].map((file) => statSync(folder + file).mode & 0o077),
  ).toEqual([0, 0, 0, 0]);
});

test("Ctrl-C stops it all, and deletes the secrets", async () => {
  expect(await started.stop("SIGINT")).toBe(0);
  expect(existsSync(folderOfStarted())).toBe(false);
});

test.each([[[]], [["--azure"]]])("npm start %j prints ten lines at most", async (args) => {
  const brief = npmStart(args);
  await brief.printed(ready);
  expect(await brief.stop()).toBe(0);
  expect(brief.output.trimEnd().split("\n").length).toBeLessThanOrEqual(10);
  const printed = [/^Phone page: +http:\S+$/m, hookCurl, /npm run hook/, ready];
  expect(printed.filter((pattern) => !pattern.test(brief.output))).toEqual([]);
});

function folderOfStarted(): string {
  const [, port = ""] = /^Okta's hook: +http:\/\/127\.0\.0\.1:(\d+)\//m.exec(started.output) ?? [];
  return `.cache/npm-start/${port}`;
}
