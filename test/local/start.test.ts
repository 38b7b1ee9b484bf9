import { faultCurl, hookCurl, npmStart, receiptCurl, shell, voiceHook, type Command } from "./starting.ts";

let started: Command;
afterEach(() => started.stop());

const answered = async (curl: string): Promise<unknown> => JSON.parse(await shell(curl));
const successful = { commands: [{ value: [{ status: "SUCCESSFUL" }] }] };

test("the curl that npm start prints is answered SUCCESSFUL, and the message is shown", async () => {
  started = npmStart([]);
  expect(await answered(await started.printed(hookCurl))).toMatchObject(successful);
  await started.printed(/^┌── SMS to \+12025550123\n│ \(HOOK\)Your code is 11111\n└/m);
  expect(await started.stop("SIGINT")).toBe(0);
});

test("the call that npm start prints is spoken in the user's language", async () => {
  started = npmStart([]);
  const voice = (await started.printed(voiceHook)).replace("npm run hook --", "node tools/hook.ts");
  await shell(voice);
  await started.printed(/^┌── Call to \+12025550123 \(en-GB-Emma, .*\n│ Your .*\d, \d, \d/m);
  await shell(`${voice} --locale de-DE`);
  await started.printed(/^┌── Call to \+12025550123 \(de-DE-.*\n│ Ihr .*\d, \d, \d/m);
});

test("under each message stands what became of it: delivered, or the receipt that was set in 8x8's sandbox", async () => {
  started = npmStart([]);
  const curl = await started.printed(hookCurl);
  await shell(curl);
  await started.printed(
    /^└──\n[^]*^\S+ ← receipt: sent · …0123 · sms · US · 0\.0125 USD\n[^]*^\S+ ← receipt: delivered delivered_to_recipient · …0123 · sms · US · 0\.0125 USD$/m,
  );
  await shell(await started.printed(receiptCurl));
  await shell(curl);
  await started.printed(/^\S+ ← receipt: undelivered rejected_by_operator · …0123 · error 1 · sms · US$/m);
  await shell((await started.printed(voiceHook)).replace("npm run hook --", "node tools/hook.ts"));
  await started.printed(/^\S+ ← receipt: completed hangup · …0123 · voice · US$/m);
});

test("one line says what became of each hook, with each answer of 8x8's", async () => {
  started = npmStart([]);
  const curl = await started.printed(hookCurl);
  await shell(curl);
  await started.printed(/^\S+ → accepted · sms · US · 8x8 200 \(QUEUED\) · \d+ ms$/m);
  await shell((await started.printed(faultCurl)).replace(/\{.*\}/, '{"fault":"503"}'));
  expect(await answered(curl)).toHaveProperty("error");
  await started.printed(/^\S+ → unavailable provider-error · sms · US · 8x8 503, 503 \(2000\) · \d+ ms$/m);
  await shell(curl.replace("it'\\''s local", "a guess"));
  await started.printed(/^\S+ → unauthenticated wrong-secret · \d+ ms$/m);
});

test("npm run hook goes with it: an expired code, and a refusal that Okta does not see", async () => {
  started = npmStart([], { REFUSED_ANSWER: "suppress", PHONE_POLICY_BLOCKED_COUNTRIES: "FR" });
  const hook = (await started.printed(voiceHook)).replace("npm run hook --", "node tools/hook.ts");
  await shell(`${hook} --expired`);
  await started.printed(/^\S+ → refused expired-code · voice · US · \d+ ms$/m);
  expect(await shell(`${hook} --phone +33612345678 --expect refused`)).toContain("refused (country-blocked)");
  await shell(`${hook} --channel sms --text none --locale de-DE`);
  await started.printed(/^│ Ihr Bestätigungscode lautet \d{6}$/m);
});

test("npm start begins with the fault it is given", async () => {
  started = npmStart(["--fault", "rejected"]);
  expect(await answered(await started.printed(hookCurl))).toMatchObject({
    commands: [{ value: [{ status: "FAILED" }] }],
  });
  await started.printed(/^\S+ → rejected /m);
  expect(started.output).not.toContain("┌──");
});
