import * as http from "node:http";
import * as https from "node:https";
import { text } from "node:stream/consumers";

/** What the contestants that do nothing else say to Okta. */
export const said = JSON.stringify({
  commands: [
    { type: "com.okta.telephony.action", value: [{ status: "SUCCESSFUL", provider: "8x8" }] },
  ],
});

export const path = "/api/v1/subaccounts/bench_sms/messages";
const target = `${process.env["EIGHT_BY_EIGHT_URL"] ?? ""}${path}`;
const { Agent, request: startRequest } = target.startsWith("https:") ? https : http;
const agent = new Agent({ keepAlive: true });

/** Node's own client over kept connections, and no more than it takes. */
export function forward(body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    };
    const request = startRequest(target, { method: "POST", agent, headers }, (answer) => {
      resolve(text(answer));
    });
    request.on("error", reject).end(body);
  });
}
