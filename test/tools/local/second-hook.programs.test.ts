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

async function messageAfter(n: number): Promise<unknown> {
  return (await fetch(`${page}/sandbox/messages/latest?after=${n}&wait=10`)).json();
}

test("without the second hook, a failure of 8x8 ends the request", async () => {
  await post("fault", { fault: "500" });
  await send("+4915123456789");
  await started.printed(/^\S+ → unavailable provider-error · sms · DE · 8x8 500 \(2000\) · /m);
});

test("when the second hook is switched on, the app starts again, and a rescued message says who sent it", async () => {
  expect(await post("second-hook", { on: true })).toEqual({});
  await send("+4915123456789");
  expect(await messageAfter(0)).toMatchObject({
    by: "second-hook",
    code: expect.any(String) as string,
  });
  await started.printed(
    /^\S+ → accepted · sms · DE · 8x8 500 · second-hook 200 \(SUCCESSFUL\) · /m,
  );
  await started.printed(/^┌── SMS to \+4915123456789, by the second hook$/m);
});

test("a resend shows the other provider", async () => {
  await post("fault", { fault: "none" });
  await send("+4915123456780");
  expect(await messageAfter(1)).toMatchObject({ by: "8x8" });
  await send("+4915123456780");
  expect(await messageAfter(2)).toMatchObject({ by: "second-hook" });
});

test("when the second hook is switched off again, npm start goes on", async () => {
  expect(await post("second-hook", { on: false })).toEqual({});
  await send("+4915123456781");
  expect(await messageAfter(3)).not.toHaveProperty("by");
});
