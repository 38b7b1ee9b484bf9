import { start8x8, type Sandbox8x8 } from "../../../../tools/sandbox/8x8.ts";

export const apiKey = "key-of-the-sandbox";
export const smsPath = "/api/v1/subaccounts/acme_sms/messages";

export const startSandbox = (): Promise<Sandbox8x8> =>
  start8x8({ apiKey, subAccounts: { sms: "acme_sms" } });

export const sms = (changes: object = {}): object => ({
  destination: "+12025550123",
  text: "Your code is 11111",
  source: "Acme",
  ...changes,
});

export async function post(url: string, body: unknown): Promise<[number, unknown]> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return [answer.status, await answer.json()];
}
