import { startSecondHook, type SecondHook } from "../../tools/sandbox/second-hook.ts";
import { startProcess, type AppProcess } from "../app.ts";
import { until } from "../until.ts";
import { code, secondSecret } from "./two-providers.ts";

let second: SecondHook;
let app: AppProcess;
afterEach(async () => {
  await app.stop();
  await second.close();
});

test("after SIGTERM while 8x8 hangs, the worker asks the second hook, and answers Okta", async () => {
  second = await startSecondHook({ secret: secondSecret });
  app = await startProcess(second.env);
  app.eightByEight.fail("sms", { fault: "hang" });
  const answer = app.post(code());
  await until(() => app.eightByEight.requests.length === 1);
  process.kill(app.pid, "SIGTERM");
  expect((await answer).judged.answer).toBe("successful");
  expect(second.messages).toHaveLength(1);
  await app.ended;
});
