import { authenticatedBy } from "../../tools/sandbox/okta.ts";
import { hookAnswer } from "../../tools/sandbox/second-hook.ts";
import { createEventHookOf, postHook } from "../app.ts";
import { until } from "../until.ts";
import { call, code, startTwo, type TwoProviders } from "./two-providers.ts";

const all = { SECOND_HOOK_FIRST_FOR: "all" };
const eventSecret = "the-event-secret-of-the-tests";
let two: TwoProviders;
afterEach(() => two.close());

test("the app reads a reply of 64 KiB that starts with a byte-order mark", async () => {
  two = await startTwo(all);
  const text = `\ufeff${JSON.stringify(hookAnswer("SUCCESSFUL"))}`;
  const body = text + " ".repeat(65_536 - Buffer.byteLength(text));
  two.second.behave({ body });
  expect((await two.app.post(code())).judged.answer).toBe("successful");
  expect(two.asked()).toEqual(["second-hook"]);
});

test("the app refuses a number with an extension if the request has already been passed on", async () => {
  two = await startTwo();
  const extension = code({ messageProfile: { phoneNumber: "+4930123456 x5" } });
  const { judged } = await two.app.post(extension, { "x-passed-on-by": "okta-8x8-telephony" });
  expect(judged).toMatchObject({ answer: "failed", reason: "number-with-extension" });
  expect(two.asked()).toEqual([]);
});

test("two concurrent requests without an event ID both go to the second hook", async () => {
  two = await startTwo(all);
  const plain = () => two.app.post(code({ envelope: { eventId: undefined } }));
  const answers = await Promise.all([plain(), plain()]);
  expect(answers.map(({ judged }) => judged.answer)).toEqual(["successful", "successful"]);
  expect(two.asked()).toEqual(["second-hook", "second-hook"]);
});

test("a hook secret with a space authenticates Okta", async () => {
  two = await startTwo({ OKTA_HOOK_SECRET: "Basic b2t0YTpzZWNyZXQ=" });
  const posted = (authorization: string) => postHook(two.app.url, code(), { authorization });
  expect((await posted("Basic b2t0YTpzZWNyZXQ=")).judged.answer).toBe("successful");
  expect((await posted("Basic")).status).toBe(401);
});

test("without access tokens, a hook secret in the format of a token authenticates Okta", async () => {
  const authorization = "Bearer b2t0YQ.c2VjcmV0.b2YgdGhlIGhvb2s";
  two = await startTwo({ OKTA_HOOK_SECRET: authorization });
  const { judged } = await two.app.post(code(), { authorization });
  expect(judged.answer).toBe("successful");
});

test("the app sends 8x8 no feedback about a code that the second hook sent", async () => {
  const settings = { EIGHT_BY_EIGHT_FEEDBACK: "send", OKTA_EVENT_SECRET: eventSecret };
  two = await startTwo({ ...all, ...settings });
  const okta = createEventHookOf(two.app, eventSecret);
  const use = async () => {
    await two.app.post(code());
    const published = new Date(two.app.clock.now());
    await okta.deliver([authenticatedBy("sms", { userId: "00uyxxSknGtK8022w0g3", published })]);
  };
  await use();
  two.second.behave({ status: 500 });
  await use();
  await until(() => two.app.eightByEight.feedback.length === 1);
  const reports = two.app.eightByEight.requests.filter(({ path }) => path.endsWith("/feedback"));
  expect(reports).toHaveLength(1);
});

test("after the second hook was slow, the app still asks the second hook first", async () => {
  two = await startTwo(all);
  two.second.behave({ instead: "hang" });
  const slow = two.app.post(code({ messageProfile: call }));
  await until(() => two.second.requests.length === 1);
  two.app.clock.turn(1_750);
  expect((await slow).judged.answer).toBe("successful");
  two.second.behave(undefined);
  expect((await two.app.post(code())).judged.answer).toBe("successful");
  expect(two.asked()).toEqual(["8x8", "second-hook", "second-hook"]);
});
