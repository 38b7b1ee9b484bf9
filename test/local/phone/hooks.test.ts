import { hookBody } from "../../../sandbox/okta.ts";
import { shell } from "../starting.ts";
import { startDesk, type Desk } from "./desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk([], { OKTA_AUTH_HEADER: "x-okta-hook", REFUSED_ANSWER: "suppress" });
});
afterAll(() => desk.stop());

const secret = "it's local";
const send = async (wish: object): Promise<number> => {
  const answer = await desk.post("/sandbox/hooks", { channel: "sms", phoneNumber: "+12025550121", ...wish });
  expect(answer.status).toBe(200);
  return (answer.json() as { n: number }).n;
};
const fromOutside = (body: string, given = secret) =>
  fetch(desk.hookUrl, {
    method: "POST",
    headers: { "x-okta-hook": given, "content-type": "application/json" },
    body: Buffer.from(body),
  });

test("a hook of the page's is shown from end to end: what Okta concludes, the app's steps, what 8x8 got and answered", async () => {
  const n = await send({ code: "550123" });
  const hook = await desk.hook(n, ({ answer, event, message }) => answer && event && message);
  expect(hook).toMatchObject({
    from: "page",
    answer: { status: 200 },
    okta: "Accepted: Okta sends nothing itself.",
    ...{ outcome: "accepted", channel: "sms", country: "US" },
    event: { attempts: 1, providerCode: "QUEUED" },
    provider: [{ request: { method: "POST", body: { text: "Your code is 550123" } }, answer: { status: 200 } }],
  });
  expect(Object.keys(hook.event ?? {})).toEqual(expect.arrayContaining(["authenticateMs", "parseMs", "sendMs"]));
  expect(await desk.message(hook.message ?? 0)).toMatchObject({ hook: n, code: "550123", to: "+12025550121" });
});

test("a hook from outside is shown as well, whoever sent it, and what authenticates it is masked", async () => {
  const body = JSON.stringify(hookBody({ messageProfile: { phoneNumber: "+12025550122" } }));
  const before = await send({});
  await (await fromOutside(body)).text();
  const hook = await desk.hook(before + 1, ({ answer, event }) => answer && event);
  expect(hook).toMatchObject({ from: "outside", outcome: "accepted", request: { body } });
  expect(hook.request.headers["x-okta-hook"]).toBe("••••••");
  expect((await fromOutside("{}", "a guess")).status).toBe(401);
  expect(await desk.hook(before + 2, ({ event }) => event)).toMatchObject({
    ...{ from: "outside", outcome: "unauthenticated", provider: [] },
    okta: expect.stringContaining("Okta sends the code through its own") as unknown,
  });
});

test("each call is joined to its own hook, though 8x8 gets no id of it", async () => {
  const numbers = ["+12025550131", "+12025550132", "+442079460133", "+12025550134"];
  const sent = await Promise.all(numbers.map((phoneNumber) => send({ channel: "voice", phoneNumber })));
  const hooks = await Promise.all(sent.map((n) => desk.hook(n, ({ answer, message }) => answer && message)));
  const messages = await Promise.all(hooks.map(({ message }) => desk.message(message ?? 0)));
  expect(messages.map(({ to }) => to)).toEqual(numbers);
  expect(messages.map(({ hook }) => hook)).toEqual(sent);
});

test("a second try at 8x8 stands beside the first", async () => {
  await desk.post("/sandbox/fault", { fault: "503", times: 1 });
  const hook = await desk.hook(await send({}), ({ answer, event }) => answer && event);
  expect(hook.provider.map(({ answer }) => answer?.status)).toEqual([503, 200]);
});

test("a hook is sent again as it was, and with another body", async () => {
  const first = await desk.hook(await send({ code: "777001" }));
  const again = (await desk.post("/sandbox/hooks/replay", { n: first.n })).json() as { n: number };
  expect((await desk.hook(again.n, ({ answer }) => answer)).request.body).toBe(first.request.body);
  const body = first.request.body.replaceAll("777001", "777002");
  const edited = (await desk.post("/sandbox/hooks/replay", { n: first.n, body })).json() as { n: number };
  const { message } = await desk.hook(edited.n, (hook) => hook.message);
  expect(await desk.message(message ?? 0)).toMatchObject({ code: "777002" });
});

test("the curl of a hook works in a shell that has the secret", async () => {
  const n = await send({ template: 'It\'s ${code}, "$HOME" `ls`', code: "660011" });
  const curl = (await desk.get(`/sandbox/hooks/${n}/curl`)).text;
  expect(curl).toContain('-H "x-okta-hook: $OKTA_HOOK_SECRET"');
  expect(curl).not.toContain(secret);
  const answer = await shell(`OKTA_HOOK_SECRET="it's local"\n${curl}`);
  expect(JSON.parse(answer)).toMatchObject({ commands: [{ value: [{ status: "SUCCESSFUL" }] }] });
  expect((await desk.get("/sandbox/hooks/1000000/curl")).status).toBe(404);
});

test("the curl of a body that begins with an at sign sends that body, and no file", async () => {
  await (await fromOutside("@package.json")).text();
  const n = (await send({})) - 1;
  expect((await desk.hook(n)).request.body).toBe("@package.json");
  await shell(`OKTA_HOOK_SECRET="it's local"\n${(await desk.get(`/sandbox/hooks/${n}/curl`)).text}`);
  expect((await desk.hook(n + 2)).request.body).toBe("@package.json");
});

test.each([
  ["/sandbox/hooks", { channel: "fax", phoneNumber: "+1" }, 400, "channel: "],
  ["/sandbox/hooks/replay", { n: 1_000_000 }, 404, "no such hook"],
  ["/sandbox/sign-in", { message: 1_000_000 }, 409, "There is no message 1000000."],
  ["/sandbox/sms-pumping", { count: 0, range: "+1202777" }, 400, "count: "],
  ["/sandbox/sms-pumping", { count: 5_000, range: "+1202777" }, 400, "count: "],
  ["/sandbox/sms-pumping", { count: 1, range: "1202777" }, 400, "range: "],
  ["/sandbox/fault", { fault: "explode" }, 400, "fault"],
  ["/sandbox/fault", { of: "vault", fault: "down" }, 400, "--azure"],
])("a wrong request to %s is refused with what is wrong: %j", async (path, body, status, words) => {
  const answer = await desk.post(path, body);
  expect([answer.status, answer.json()]).toEqual([status, { error: expect.stringContaining(words) as unknown }]);
  expect((await desk.ask("POST", path, { "content-type": "application/json" }, "{")).status).toBe(400);
});
