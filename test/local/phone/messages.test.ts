import type { MessageItem } from "../../../local/phone/protocol.ts";
import { startDesk, type Desk } from "./desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const send = (phoneNumber: string, more: object = {}) =>
  desk.post("/sandbox/hooks", { channel: "sms", phoneNumber, ...more });
const latest = async (query: string) => (await desk.get(`/sandbox/messages/latest?${query}`)).json() as MessageItem;

test("a test has the code of its sign-in in one request, which waits for it", async () => {
  const waiting = latest("to=+12025550111&wait=10");
  await send("+12025550112");
  await send("+12025550111", { code: "438201" });
  expect(await waiting).toMatchObject({ to: "+12025550111", code: "438201", text: "Your code is 438201" });
});

test("the code of a call is found in its spoken digits, with the language of its voice", async () => {
  const after = new Date().toISOString();
  await send("+12025550113", { channel: "voice", code: "998877", locale: "fr-FR" });
  expect(await latest(`channel=voice&after=${after}&wait=10`)).toMatchObject({
    channel: "voice",
    code: "998877",
    language: "fr-FR",
    repetition: 3,
  });
});

test("messages are selected by number, by n, by time and by channel, oldest first", async () => {
  let { n } = await latest("wait=10");
  for (const code of ["1001", "1002", "1003"]) {
    await send("+12025550114", { code });
    n = (await latest(`to=12025550114&after=${n}&wait=10`)).n;
  }
  const third = await latest("to=%2B12025550114");
  const codes = async (query: string) =>
    ((await desk.get(`/sandbox/messages?${query}`)).json() as { messages: MessageItem[] }).messages.map(
      ({ code }) => code,
    );
  expect(await codes("to=+12025550114")).toEqual(["1001", "1002", "1003"]);
  expect(await codes(`to=12025550114&after=${third.n - 1}`)).toEqual(["1003"]);
  expect(await codes(`to=12025550114&after=${third.at}`)).toContain("1003");
  expect(await codes("to=12025550114&channel=voice")).toEqual([]);
  expect(await codes("after=2999-01-01T00:00:00Z")).toEqual([]);
  // The plus of a zone, as it is where nobody encoded it.
  expect(await codes("after=2999-01-01T00:00:00+01:00")).toEqual([]);
  expect(await codes(`to=12025550114&after=${Date.parse(third.at)}`)).toContain("1003");
});

/** Each of them was once taken for something else: hook-7 for a July, 1764000000 for 1970. */
const notAsked = ["after=hook-7", "after=-1", "after=1764000000", "to=", "channel=call"];

test("no message is 404, at once or after the wait, and a wrong question is 400", async () => {
  for (const query of ["to=+15550000000", "to=+15550000000&wait=0.1"])
    expect((await desk.get(`/sandbox/messages/latest?${query}`)).status).toBe(404);
  for (const query of ["wait=soon", "wait=-1", "wait=3600", "after=yesterday", ...notAsked]) {
    const answer = await desk.get(`/sandbox/messages/latest?${query}`);
    expect([answer.status, answer.text]).toEqual([
      400,
      expect.stringMatching(/^\{"error":"(?:wait|after|to|channel) is /),
    ]);
  }
});
