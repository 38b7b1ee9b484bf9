import { setTimeout as sleep } from "node:timers/promises";
import { start8x8 } from "../../sandbox/8x8.ts";
import { apiKey, post, sms, smsPath, startSandbox } from "../../sandbox/8x8/well-formed.ts";

test("the sandbox takes only the newest key", async () => {
  const sandbox = await startSandbox();
  try {
    sandbox.setApiKey("second");
    expect((await post(sandbox.url + smsPath, sms()))[0]).toBe(401);
    expect((await post(sandbox.url + smsPath, sms(), { authorization: "Bearer second" }))[0]).toBe(200);
  } finally {
    await sandbox.close();
  }
});

test("the sandbox closes idle connections after the time that is set, and announces it only where that is set", async () => {
  const impatient = await start8x8({ apiKey, keepAliveTimeoutMs: 50 });
  const hinting = await start8x8({ apiKey, keepAliveTimeoutMs: 2000, keepAliveHint: true });
  try {
    const answer = await fetch(impatient.url);
    await answer.text();
    expect(answer.headers.get("keep-alive")).toBeNull();
    expect([impatient.connections(), impatient.accepted()]).toEqual([1, 1]);
    await sleep(150);
    expect([impatient.connections(), impatient.accepted()]).toEqual([0, 1]);
    const hint = await fetch(hinting.url);
    await hint.text();
    expect(hint.headers.get("keep-alive")).toBe("timeout=2");
  } finally {
    await Promise.all([impatient.close(), hinting.close()]);
  }
});
