import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { startApp } from "../local/app.ts";
import { start8x8 } from "../sandbox/8x8.ts";
import { startAzure } from "../sandbox/azure.ts";
import { hookBody } from "../sandbox/okta.ts";
import { startAuthorizationServer } from "../sandbox/okta/authorization-server.ts";
import { createSigningKey, signToken } from "../sandbox/okta/signed-token.ts";
import { answerUsage } from "../scripts/usage.ts";
import { startInstance } from "./strangers/instance.ts";

answerUsage(`npm run strangers:measure

How late hooks are, 30 a second for 10 s, on an instance that takes 100 requests at once and has been warm for 10 s: alone, and beside
500 requests a second with a wrong secret or a forged token, at all three routes. And how long a new secret takes to be known meanwhile.
Takes 40 s.`);

const seconds = 10;
const [hookSecret, apiKey] = ["the-hook-secret-of-the-lab", "the-8x8-key-of-the-lab"];
const azure = await startAzure();
const eightByEight = await start8x8({ apiKey, subAccounts: { sms: "lab_sms" } });
azure.vault.set("okta-hook-secret", [{ value: hookSecret }]);
azure.vault.set("eight-by-eight-api-key", [{ value: apiKey }]);
for (const name of ["okta-event-secret", "receipt-secret"])
  azure.vault.set(name, [{ value: `the-${name}-of-the-lab` }]);
const authorizationServer = await startAuthorizationServer();
const forged = `Bearer ${signToken(createSigningKey(), authorizationServer.claims())}`;
const app = await startApp({
  ...authorizationServer.env,
  OKTA_HOOK_AUTH: "either",
  ...eightByEight.env,
  ...azure.env,
  EIGHT_BY_EIGHT_API_KEY: "",
  PHONE_DEFAULT_COUNTRY: "US",
});
const instance = await startInstance(app.url);

/** One agent each: a client's own connections are not what is measured. */
const [oktas, strangers] = [new Agent({ keepAlive: true }), new Agent({ keepAlive: true })];
const body = JSON.stringify(hookBody());

function post(
  path: string,
  authorization: string,
  agent: Agent,
): Promise<{ readonly status: number; readonly ms: number }> {
  const start = performance.now();
  const headers = { "content-type": "application/json", authorization };
  return new Promise((resolve, reject) => {
    const sent = request(`${instance.url}/api/${path}`, { method: "POST", agent, headers }, (answer) => {
      answer.resume().on("end", () => {
        resolve({ status: answer.statusCode ?? 0, ms: performance.now() - start });
      });
    });
    sent.on("error", reject).end(body);
  });
}

/** So many a second, whether those before are answered or not. */
async function atRate<Value>(perSecond: number, send: (index: number) => Promise<Value>): Promise<Value[]> {
  const start = performance.now();
  const sent: Promise<Value>[] = [];
  for (let index = 0; index < perSecond * seconds; index++) {
    const waitMs = start + (index * 1_000) / perSecond - performance.now();
    if (waitMs > 1) await sleep(waitMs);
    sent.push(send(index));
  }
  return Promise.all(sent);
}

async function hooks(name: string): Promise<void> {
  const answers = await atRate(30, () => post("okta/telephony", hookSecret, oktas));
  const ms = answers.map((answer) => answer.ms).sort((a, b) => a - b);
  const at = (share: number) => Math.round(ms[Math.floor(ms.length * share)] ?? 0);
  const lost = answers.filter(({ status }) => status !== 200).length;
  console.log(`${name}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, ${lost} of ${ms.length} not sent`);
}

async function rotated(): Promise<void> {
  await sleep(2_000);
  const value = "the-new-hook-secret-of-the-lab";
  azure.vault.set("okta-hook-secret", [{ value }, { value: hookSecret }]);
  const start = performance.now();
  while ((await post("okta/telephony", value, oktas)).status !== 200) await sleep(20);
  console.log(`a new secret is known after ${Math.round(performance.now() - start)} ms`);
}

const routes = ["8x8/receipts", "okta/events", "okta/telephony"];
await hooks("while it gets warm");
await hooks("alone");
const credentials = ["wrong", forged];
const flood = atRate(500, (index) =>
  post(routes[index % routes.length] ?? "", credentials[index % credentials.length] ?? "", strangers),
);
await Promise.all([hooks("beside 500 strangers a second"), rotated()]);
const refused = (await flood).filter(({ status }) => status === 401).length;
console.log(`${refused} of ${500 * seconds} strangers had a 401`);

instance.server.closeAllConnections();
instance.server.close();
for (const agent of [oktas, strangers]) agent.destroy();
await app.stop();
await Promise.all([azure.close(), eightByEight.close(), authorizationServer.close()]);
