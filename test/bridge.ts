import { resolve } from "node:path";
import type { FakeAzure } from "../sandbox/azure.ts";
import { start8x8, type Sandbox8x8 } from "../sandbox/8x8.ts";
import { startApp, type App, type AppOptions } from "../local/app.ts";
import { judgeAnswer, type JudgedAnswer } from "../sandbox/okta.ts";
import { until } from "./until.ts";

export const hookSecret = "the-hook-secret-of-the-tests";
export const apiKey = "the-8x8-key-of-the-tests";
export const receiptSecret = "the-receipt-secret-of-the-tests";

export interface Bridge {
  readonly app: App;
  readonly eightByEight: Sandbox8x8;
  /** Posts as Okta does; headers that are undefined are left out. */
  post(body: object | string, headers?: Record<string, string | undefined>): Promise<HookAnswer>;
  /** Posts to the route of 8x8's receipts, as 8x8 does. Its status. */
  postReceipt(body: object | string, headers?: Record<string, string | undefined>): Promise<number>;
  /** Another process in place of one that has ended. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface HookAnswer {
  readonly status: number;
  readonly text: string;
  readonly ms: number;
  readonly judged: JudgedAnswer;
}

const preload = (file: string) => `--import ${resolve(file)}`;
const hurried = preload("test/fixtures/hurried.ts");

/** The built bundle under the local host, with 8x8's stand-in behind it. */
export async function startBridge(settings: Record<string, string> = {}, options: AppOptions = {}): Promise<Bridge> {
  const eightByEight = await start8x8({ apiKey, subAccounts: { sms: "test_sms" } });
  const env = {
    AZURE_FUNCTIONS_ENVIRONMENT: "Development",
    OKTA_HOOK_SECRET: hookSecret,
    // As on a laptop, where each event is a line.
    NODE_OPTIONS: `${hurried} ${preload("local/print-events.ts")}`,
    ...eightByEight.env,
    PHONE_DEFAULT_COUNTRY: "US",
    ...settings,
  };
  let app = await startApp(env, options);
  return {
    get app() {
      return app;
    },
    eightByEight,
    post: (body, headers) => postHook(app.url, body, headers),
    async postReceipt(body, headers) {
      const response = await postTo(`${app.url}/api/8x8/receipts`, body, {
        authorization: `Bearer ${receiptSecret}`,
        ...headers,
      });
      return response.status;
    },
    async restart() {
      app = await startApp(env, options);
    },
    async stop() {
      await app.stop();
      await eightByEight.close();
    },
  };
}

/** What makes a bridge run as in Azure: nothing secret in its settings, all of it in the vault. */
export function inAzure(azure: FakeAzure): Record<string, string> {
  azure.vault.set("okta-hook-secret", [{ value: hookSecret }]);
  azure.vault.set("eight-by-eight-api-key", [{ value: apiKey }]);
  const noLaptop = { AZURE_FUNCTIONS_ENVIRONMENT: "", NODE_OPTIONS: hurried };
  return { ...azure.env, ...noLaptop, OKTA_HOOK_SECRET: "", EIGHT_BY_EIGHT_API_KEY: "" };
}

/** For a test whose subject is a limit or a pause of 4 to 10 seconds, which pass faster in all other tests. */
export const unhurried = { NODE_OPTIONS: "" };

/** Hashes begin with the read of their key, for which no hook waits. Of one under 32 characters health says when that is. */
export async function shortHashKeyIsRead({ app }: Bridge): Promise<void> {
  await until(async () => (await (await fetch(`${app.url}/api/health`)).text()).includes("phone-hash-key"));
}

export async function postHook(
  url: string,
  body: object | string,
  headers: Record<string, string | undefined> = {},
): Promise<HookAnswer> {
  const start = performance.now();
  const response = await postTo(`${url}/api/okta/telephony`, body, { authorization: hookSecret, ...headers });
  const text = await response.text();
  const ms = performance.now() - start;
  const judged = judgeAnswer(response.status, response.headers.get("content-type"), text);
  return { status: response.status, text, ms, judged };
}

/** Posts JSON, unless the headers say otherwise; those that are undefined are left out. */
export function postTo(
  url: string,
  body: object | string,
  headers: Record<string, string | undefined>,
): Promise<Response> {
  const all: Record<string, string | undefined> = { "content-type": "application/json", ...headers };
  return fetch(url, {
    method: "POST",
    headers: Object.entries(all).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, value]],
    ),
    // As bytes: of a string, fetch would say that it is text/plain.
    body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
  });
}
