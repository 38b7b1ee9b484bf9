import { startDesk } from "./phone/desk.ts";

test("with --second-hook, the page says who sent a message that 8x8 did not take", async () => {
  const desk = await startDesk(["--second-hook"]);
  const send = (phoneNumber: string) =>
    desk.post("/sandbox/hooks", { channel: "sms", phoneNumber });
  await send("+4915123456780");
  expect(await desk.message(1)).toMatchObject({ by: "8x8" });
  await desk.post("/sandbox/fault", { fault: "500" });
  await send("+4915123456789");
  expect(await desk.message(2)).toMatchObject({ by: "second-hook" });
  await desk.command.printed(
    /^\S+ → accepted · sms · DE · 8x8 500 · second-hook 200 \(SUCCESSFUL\) · /m,
  );
  await desk.command.printed(/^┌── SMS to \+4915123456789, by the second hook$/m);
  await desk.stop();
});
