import { existsSync, statSync } from "node:fs";
import {
  faultCurl,
  hookCurl,
  npmStart,
  receiptCurl,
  shell,
  voiceHook,
  type Command,
} from "./starting.ts";

// All tests share one npm start, and each test depends on the earlier tests.
let started: Command;
let curl: string;
beforeAll(async () => {
  started = npmStart(["--verbose"]);
  curl = await started.printed(hookCurl);
});

/** Returns the JSON in the first line of curl's output. The second line has the HTTP status. */
const answered = async (command: string): Promise<unknown> =>
  JSON.parse((await shell(command)).split("\n", 1)[0] ?? "");
const fail = async (body: string) =>
  shell((await started.printed(faultCurl)).replace(/\{.*\}/, body));

test("the printed curl command gets SUCCESSFUL, and npm start prints the message, event and receipt", async () => {
  expect(await answered(curl)).toMatchObject({ commands: [{ value: [{ status: "SUCCESSFUL" }] }] });
  await started.printed(/^┌── SMS to \+12025550123\n│ \(HOOK\)Your code is 11111\n└──$/m);
  await started.printed(/^\S+ → accepted · sms · US · 8x8 200 \(QUEUED\) · \d+ ms$/m);
  await started.printed(
    /^\S+ ← receipt: delivered delivered_to_recipient · …0123 · sms · US · 0\.0125 USD$/m,
  );
});

test("the printed curl command for receipts decides which receipt the next message gets", async () => {
  await shell(await started.printed(receiptCurl));
  await shell(curl);
  await started.printed(
    /^\S+ ← receipt: undelivered rejected_by_operator · …0123 · error 1 · sms · US$/m,
  );
});

test("the printed command for a voice call causes the call and its receipt", async () => {
  await shell(
    (await started.printed(voiceHook)).replace(
      "npx --no okta-8x8-telephony hook",
      "node tools/hook/main.ts",
    ),
  );
  await started.printed(/^┌── Call to \+12025550123 \(en-GB-Emma, .*\n│ Your .*\d, \d, \d/m);
  await started.printed(/^\S+ ← receipt: completed hangup · …0123 · voice · US$/m);
});

test("npm start prints 8x8's statuses after a failed request, and a line about a wrong secret", async () => {
  await fail('{"fault":"503"}');
  expect(await answered(curl)).toHaveProperty("error");
  await started.printed(
    /^\S+ → unavailable provider-error · sms · US · 8x8 503, 503 \(2000\) · \d+ ms$/m,
  );
  await shell(curl.replace("it'\\''s a local secret", "a guess"));
  await started.printed(
    /^\S+ → unauthenticated wrong-secret · the request has another secret than the app · \d+ ms$/m,
  );
});

test("npm start stores secrets for npm run hook in files that only this user can read", () => {
  const folder = folderOfStarted();
  expect(
    ["", "/app.json", "/env", "/key.json"].map((file) => statSync(folder + file).mode & 0o077),
  ).toEqual([0, 0, 0, 0]);
});

test("on Ctrl-C, npm start deletes its stored secrets and exits with 0", async () => {
  expect(await started.stop("SIGINT")).toBe(0);
  expect(existsSync(folderOfStarted())).toBe(false);
});

function folderOfStarted(): string {
  const [, port = ""] = /^Okta's hook: +http:\/\/127\.0\.0\.1:(\d+)\//m.exec(started.output) ?? [];
  return `.cache/start/${port}`;
}
