import { resolve } from "node:path";
import type { AzureOptions, FakeAzure } from "../tools/sandbox/azure.ts";
import { start8x8, type Sandbox8x8, type Sandbox8x8Options } from "../tools/sandbox/8x8.ts";
import {
  startApp as startHosted,
  type App as Hosted,
  type AppOptions,
} from "../tools/local/app.ts";
import {
  createEventHook,
  judgeAnswer,
  type EventHook,
  type JudgedAnswer,
} from "../tools/sandbox/okta.ts";
import { until } from "./until.ts";
import { buildApp, buildPrograms } from "./worker/built.ts";
import type * as worker from "./worker/program.ts";
import type { ProgramApp } from "./worker/program.ts";

export const hookSecret = "the-hook-secret-of-the-tests";
export const apiKey = "the-8x8-key-of-the-tests";
export const receiptSecret = "the-receipt-secret-of-the-tests";

interface Posting {
  readonly eightByEight: Sandbox8x8;
  post(body: object | string, headers?: Record<string, string | undefined>): Promise<HookAnswer>;
  postReceipt(body: object | string, headers?: Record<string, string | undefined>): Promise<number>;
  stop(): Promise<void>;
}

export interface App extends ProgramApp, Posting {}

export interface AppProcess extends Hosted, Posting {}

export interface HookAnswer {
  readonly status: number;
  readonly text: string;
  readonly ms: number;
  readonly judged: JudgedAnswer;
}

const programs = () => nodeRequire(buildPrograms()) as typeof worker;

export const startAzureHere = (options?: AzureOptions): Promise<FakeAzure> =>
  programs().startAzureHere(options);

export function startApp(
  settings: Record<string, string> = {},
  of8x8: Partial<Sandbox8x8Options> = {},
): Promise<App> {
  return startWith(settings, (env) => programs().startProgram(env), of8x8);
}

/** Starts the bundle in dist/ as a separate process, with the local Functions host. */
export function startProcess(
  settings: Record<string, string> = {},
  options: AppOptions = {},
): Promise<AppProcess> {
  buildApp();
  // This file prints each of the app's events as a line.
  const preload = `--import ${resolve("tools/local/func-worker.js")}`;
  return startWith({ NODE_OPTIONS: preload, ...settings }, (env) => startHosted(env, options));
}

async function startWith<Started extends ProgramApp | Hosted>(
  settings: Record<string, string>,
  start: (env: Record<string, string>) => Promise<Started>,
  of8x8: Partial<Sandbox8x8Options> = {},
): Promise<Started & Posting> {
  const eightByEight = await start8x8({ apiKey, subAccounts: { sms: "test_sms" }, ...of8x8 });
  const app = await start({
    AZURE_FUNCTIONS_ENVIRONMENT: "Development",
    OKTA_HOOK_SECRET: hookSecret,
    ...eightByEight.env,
    PHONE_DEFAULT_COUNTRY: "US",
    ...settings,
  });
  let stopped: Promise<void> | undefined;
  return {
    ...app,
    eightByEight,
    post: (body, headers) => postHook(app.url, body, headers),
    async postReceipt(body, headers) {
      const response = await postTo(`${app.url}/api/8x8/receipts`, body, {
        authorization: `Bearer ${receiptSecret}`,
        ...headers,
      });
      return response.status;
    },
    stop: () => (stopped ??= app.stop().then(() => eightByEight.close())),
  };
}

export function inAzure(azure: FakeAzure): Record<string, string> {
  azure.vault.set("okta-hook-secret", [{ value: hookSecret }]);
  azure.vault.set("eight-by-eight-api-key", [{ value: apiKey }]);
  const noLaptop = { AZURE_FUNCTIONS_ENVIRONMENT: "", NODE_OPTIONS: "" };
  return { ...azure.env, ...noLaptop, OKTA_HOOK_SECRET: "", EIGHT_BY_EIGHT_API_KEY: "" };
}

/** Requests do not wait for the hash key. Health names a key of fewer than 32 characters. */
export async function untilShortHashKeyIsRead(app: Pick<App, "url">): Promise<void> {
  await until(async () =>
    (await (await fetch(`${app.url}/api/health`)).text()).includes("phone-hash-key"),
  );
}

/** The timeout is long in real time, because tests measure time by the app's own clock. */
export const createEventHookOf = (
  { url }: Pick<App, "url">,
  secret: string | undefined,
): EventHook => createEventHook(`${url}/api/okta/events`, secret, 60_000);

export async function postHook(
  url: string,
  body: object | string,
  headers: Record<string, string | undefined> = {},
): Promise<HookAnswer> {
  const start = performance.now();
  const response = await postTo(`${url}/api/okta/telephony`, body, {
    authorization: hookSecret,
    ...headers,
  });
  const text = await response.text();
  const ms = performance.now() - start;
  const judged = judgeAnswer(response.status, response.headers.get("content-type"), text);
  return { status: response.status, text, ms, judged };
}

export function postTo(
  url: string,
  body: object | string,
  headers: Record<string, string | undefined>,
): Promise<Response> {
  const all: Record<string, string | undefined> = {
    "content-type": "application/json",
    ...headers,
  };
  return fetch(url, {
    method: "POST",
    headers: Object.entries(all).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, value]],
    ),
    // Send bytes, because fetch would label a string as text/plain.
    body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
  });
}
