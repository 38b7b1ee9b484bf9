import { npmStart } from "../starting.ts";

test("with the sandbox alone the page shows messages, and says that there is no app to send to", async () => {
  const started = npmStart(["--host", "none"], { EIGHT_BY_EIGHT_API_KEY: "given" });
  try {
    const url = await started.printed(/^The phone: +(\S+)\/\n/m);
    const json = { "content-type": "application/json" };
    await fetch(`${url}/api/v1/subaccounts/local_sms/messages`, {
      method: "POST",
      headers: { authorization: "Bearer given", ...json },
      body: JSON.stringify({ destination: "+12025550123", text: "Your code is 123456" }),
    });
    const latest = await fetch(`${url}/sandbox/messages/latest?wait=5`);
    expect(await latest.json()).toMatchObject({ to: "+12025550123", code: "123456" });
    const hook = JSON.stringify({ channel: "sms", phoneNumber: "+12025550123" });
    const sent = await fetch(`${url}/sandbox/hooks`, { method: "POST", headers: json, body: hook });
    expect([sent.status, await sent.json()]).toEqual([409, { error: "The app does not run here." }]);
    expect((await fetch(`${url}/sandbox/settings`)).status).toBe(409);
  } finally {
    await started.stop();
  }
});
