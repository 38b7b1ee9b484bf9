import { startDesk } from "./phone/desk.ts";

test("the switch of the second hook restarts the app, and a message names the provider that sent it", async () => {
  const desk = await startDesk();
  const send = (phoneNumber: string) =>
    desk.post("/sandbox/hooks", { channel: "sms", phoneNumber });
  try {
    await desk.post("/sandbox/fault", { fault: "500" });
    expect((await desk.post("/sandbox/second-hook", { on: true })).status).toBe(200);
    await send("+4915123456789");
    expect(await desk.message(1)).toMatchObject({ by: "second-hook" });
    await desk.command.printed(
      /^\S+ → accepted · sms · DE · 8x8 500 · second-hook 200 \(SUCCESSFUL\) · /m,
    );
    await desk.command.printed(/^┌── SMS to \+4915123456789, by the second hook$/m);

    await desk.post("/sandbox/fault", { fault: "none" });
    expect((await desk.post("/sandbox/second-hook", { on: false })).status).toBe(200);
    await send("+4915123456781");
    expect(await desk.message(2)).not.toHaveProperty("by");
  } finally {
    await desk.stop();
  }
});
