import { npmStart, type Command } from "./starting.ts";

// The tests share one npm start, and each one depends on those before it.
let started: Command;
let page: string;
beforeAll(async () => {
  started = npmStart([]);
  page = await started.printed(/^Phone page: +(\S+)\/$/m);
});
afterAll(() => started.stop());

async function post(path: string, body: object): Promise<unknown> {
  const response = await fetch(`${page}/sandbox/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return response.json();
}

const send = (phoneNumber: string) => post("hooks", { channel: "sms", phoneNumber });
const messageAfter = async (n: number): Promise<unknown> =>
  (await fetch(`${page}/sandbox/messages/latest?after=${n}&wait=10`)).json();

test("when the second hook is switched on, the app starts again, and a rescued message says who sent it", async () => {
  await post("fault", { fault: "500" });
  expect(await post("second-hook", { on: true })).toEqual({});
  await send("+4915123456789");
  expect(await messageAfter(0)).toMatchObject({ by: "second-hook" });
  await started.printed(
    /^\S+ → accepted · sms · DE · 8x8 500 · second-hook 200 \(SUCCESSFUL\) · /m,
  );
  await started.printed(/^┌── SMS to \+4915123456789, by the second hook$/m);
});

test("when the second hook is switched off again, npm start goes on", async () => {
  await post("fault", { fault: "none" });
  expect(await post("second-hook", { on: false })).toEqual({});
  await send("+4915123456781");
  expect(await messageAfter(1)).not.toHaveProperty("by");
});
