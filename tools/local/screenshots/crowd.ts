import { join } from "node:path";
import { createItems } from "../phone/items.ts";
import { createRoutes } from "../phone/routes.ts";
import { createServeOwn } from "../phone/serve-own.ts";
import { createStream } from "../phone/stream.ts";
import { start8x8 } from "../../sandbox/8x8.ts";
import { hookBody } from "../../sandbox/okta.ts";

/** The phone page and its server with many messages, without an app. */
export interface Crowd {
  readonly url: string;
  close(): Promise<void>;
}

export async function startCrowd(root: string, count: number, port = 0): Promise<Crowd> {
  const items = createItems(10 * count);
  const routes = createRoutes({
    items,
    stream: createStream(items),
    switchFault: () => undefined,
    app: () => undefined,
    commands: () => [],
  });
  const serveOwn = createServeOwn(join(root, "tools/local/phone/page"), routes);
  const sandbox = await start8x8({ apiKey: "nobody sends here", serveOwn, port });
  /**
   * Adds a request and its message. The first number is +12024000000. Each fifth message is a call.
   */
  const add = (): void => {
    const n = items.next("hook");
    const code = String(100_000 + n);
    const text = `Your code is ${code}. It is good for 5 minutes.`;
    const to = `+1202${4_000_000 + n - 1}`;
    const channel = n % 5 === 0 ? "voice" : "sms";
    const at = new Date(Date.now() - (count - n) * 1_000).toISOString();
    const body = JSON.stringify(
      hookBody({ messageProfile: { phoneNumber: to, otpCode: code, msgTemplate: text } }),
    );
    const known = {
      outcome: "accepted",
      channel,
      country: "US",
      number: to,
      locale: "en-US",
      okta: "Accepted: Okta sends nothing itself.",
    } as const;
    const answer = { status: 200, body: "{}", ms: 5 + (n % 40) };
    items.put("hook", {
      n,
      at,
      from: "outside",
      request: { headers: {}, body },
      answer,
      ...known,
      provider: [],
      message: n,
    });
    items.put("message", {
      n: items.next("message"),
      at,
      channel,
      to,
      text,
      code,
      hook: n,
      receipt: { state: "delivered", at },
    });
  };
  for (let made = 0; made < count; made++) add();
  return { url: sandbox.url, close: () => sandbox.close() };
}
