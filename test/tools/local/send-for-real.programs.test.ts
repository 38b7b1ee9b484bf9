import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { startReal8x8, startRealHosts } from "../../../tools/local/start/real-8x8.ts";
import { start8x8, type Sandbox8x8 } from "../../../tools/sandbox/8x8.ts";
import { hookBody, oktaChannels } from "../../../tools/sandbox/okta.ts";
import { npmStart, type Command } from "./starting.ts";

const apiKey = "the-real-key-of-this-test";
const mine = "+12025550123";

/** A sandbox that replaces 8x8's real hosts. */
let real: Sandbox8x8;
let started: Command;
let hookUrl: string;
beforeAll(async () => {
  real = await start8x8({ apiKey, subAccounts: { sms: "acme_otp", voice: "acme_voice" } });
  started = npmStart(["--send-for-real", "--only", `+4915112345678,${mine}`], {
    ...real.env,
    OKTA_HOOK_SECRET: "a secret of this test",
  });
  hookUrl = await started.printed(/^Okta's hook: +(\S+)$/m);
});
afterAll(async () => {
  await started.stop();
  await real.close();
});

async function send(phoneNumber: string, channel: keyof typeof oktaChannels): Promise<unknown> {
  const { deliveryChannel } = oktaChannels[channel];
  const answer = await fetch(hookUrl, {
    method: "POST",
    headers: { authorization: "a secret of this test", "content-type": "application/json" },
    body: JSON.stringify(hookBody({ messageProfile: { phoneNumber, deliveryChannel } })),
  });
  return answer.json();
}

test.each(["sms", "voice"] as const)(
  "npm start -- --send-for-real sends codes by %s only to the numbers in --only",
  async (channel) => {
    const before = real.messages.length;
    expect(await send(mine, channel)).toMatchObject({
      commands: [{ value: [{ status: "SUCCESSFUL" }] }],
    });
    expect(await send("+12025550124", channel)).toMatchObject({
      commands: [{ value: [{ status: "FAILED" }] }],
    });
    expect(real.messages.slice(before)).toMatchObject([{ channel, destination: mine }]);
    await started.printed(/^A message was not sent, because its number is not in --only\.$/m);
    expect(started.output).not.toContain(apiKey);
  },
);

test("npm start -- --send-for-real refuses to start without EIGHT_BY_EIGHT_API_KEY", async () => {
  await expect(startRealHosts({}, [mine])).rejects.toThrow("EIGHT_BY_EIGHT_API_KEY");
});

test.each(["//", "http://", "/\\"])(
  "the server between the app and 8x8 never forwards a path that begins with %s to another host",
  async (start) => {
    const asked: unknown[] = [];
    const elsewhere = createServer((got, response) => {
      asked.push(got.url);
      response.end();
    });
    await once(elsewhere.listen(0, "127.0.0.1"), "listening");
    const between = await startReal8x8(real.url, [mine]);
    const path = `${start}127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
    const sent = request(between.url, { path, headers: { authorization: apiKey } }).end();
    await Promise.race([once(sent, "response"), once(sent, "error")]).catch(() => undefined);
    await between.close();
    elsewhere.close();
    expect(asked).toEqual([]);
  },
);
