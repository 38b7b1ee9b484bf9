import { start8x8, type Sandbox8x8 } from "../../../../tools/sandbox/8x8.ts";

export const apiKey = "key-of-the-sandbox";
export const smsPath = "/api/v1/subaccounts/acme_sms/messages";
export const voicePath = "/api/v1/subaccounts/acme%26voice/callflows";

export const startSandbox = (): Promise<Sandbox8x8> =>
  start8x8({ apiKey, subAccounts: { sms: "acme_sms", voice: "acme&voice" } });

export const sms = (changes: object = {}): object => ({
  destination: "+12025550123",
  text: "Your code is 11111",
  source: "Acme",
  ...changes,
});

const makeCall = {
  action: "makeCall",
  params: { source: "+6588000000", destination: "+12025550123" },
};
const say = { text: "Ihr Code ist, 1, 2.", voiceProfile: "en-GB-Emma", repetition: 2, speed: 0.8 };

/** `spoken` replaces parameters of the action `say`. */
export const call = (changes: object = {}, spoken: object = {}): object => ({
  callflow: [makeCall, { action: "say", params: { ...say, ...spoken } }, { action: "hangup" }],
  ...changes,
});

export function send(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

export async function post(
  url: string,
  body: unknown,
  headers?: Record<string, string>,
): Promise<[number, unknown]> {
  const answer = await send(url, body, headers);
  return [answer.status, await answer.json()];
}
