import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { printable } from "../../../tools/terminal.ts";
import { hook as runCommand } from "../../../tools/hook/hook.ts";

export const secret = "a secret for Okta";

export interface Received {
  readonly headers: IncomingMessage["headers"];
  readonly body: { eventId?: string; data?: { messageProfile: Record<string, string> } };
}

export async function run(args: readonly string[], env: Record<string, string>) {
  let output = "";
  const print = (text: string) => (output += `${printable(text)}\n`);
  const exitCode = await runCommand(args, env, { print, printError: print });
  return { exitCode, output };
}

export async function hook(
  answer: (response: ServerResponse) => void,
  args: readonly string[] = [],
  env: Record<string, string> = { OKTA_HOOK_SECRET: secret },
): Promise<{ exitCode: number; output: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      received.push({ headers: request.headers, body: body as Received["body"] });
      answer(response);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/okta/telephony`;
  const ran = await run(["--url", url, ...args], env);
  server.closeAllConnections();
  server.close();
  return { ...ran, received };
}

export const say =
  (body: object, status = 200) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
export const command = (status: string, debugContext?: object): ReturnType<typeof say> =>
  say({
    commands: [{ type: "com.okta.telephony.action", value: [{ status, transactionId: "umid-1" }] }],
    debugContext,
  });
export const expired = { outcome: "refused", reason: "expired-code" };
export const errorObject = (
  status: number,
  ...errorCauses: readonly object[]
): ReturnType<typeof say> => say({ error: { errorSummary: "No", errorCauses } }, status);
export const html = (response: ServerResponse): void => {
  response.writeHead(200, { "content-type": "text/html" }).end("<p>");
};
export const cut = (response: ServerResponse): void => {
  response.destroy();
};
