import { resolve } from "node:path";
import { startApp } from "../local/app.ts";
import { startChild } from "./child.ts";
import { createBundledApp, createPlainApp, type FunctionsApp } from "./functions-app.ts";
import { apiKey, hookSecret } from "./secrets.ts";

export type Name =
  | "ours"
  | "tutorial-function"
  | "tutorial-bundled"
  | "floor"
  | "floor-undici"
  | "tutorial"
  | "limit"
  | "hello";

/** What each is called in the table. */
export const titles: Readonly<Record<Name, string>> = {
  ours: "this app",
  "tutorial-function": "tutorial, Function",
  "tutorial-bundled": "the same, bundled",
  floor: "platform floor",
  "floor-undici": "floor, undici",
  tutorial: "tutorial, Express",
  limit: "bare limit",
  hello: "hello world",
};

export interface Contestant {
  readonly name: Name;
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export interface Surroundings {
  readonly azure: Record<string, string>;
  readonly eightByEight: string;
}

export async function startContestant(
  name: Name,
  { azure, eightByEight }: Surroundings,
): Promise<Contestant> {
  const { NODE_EXTRA_CA_CERTS = "", NODE_OPTIONS = "" } = azure;
  const env = { EIGHT_BY_EIGHT_URL: eightByEight, NODE_EXTRA_CA_CERTS, NODE_OPTIONS };
  const tutorialEnv = { ...env, HOOK_SECRET: hookSecret, API_KEY: apiKey };
  switch (name) {
    case "ours":
      return startFunctions(name, "okta/telephony", ".", {
        ...azure,
        EIGHT_BY_EIGHT_SMS_URL: eightByEight,
        EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "bench_sms",
      });
    case "tutorial-function":
    case "tutorial-bundled":
      return startFunctions(name, "tutorial", appOf(name, "tutorial-function.cjs"), {
        ...azure,
        ...tutorialEnv,
      });
    case "floor":
    case "floor-undici":
    case "hello":
      return startFunctions(name, name, appOf(name, `${name}.ts`), env);
    case "tutorial":
      return startServer(name, "contestants/tutorial.js", tutorialEnv);
    case "limit":
      return startServer(name, "contestants/limit.ts", env);
  }
}

async function startFunctions(
  name: Name,
  route: string,
  app: string,
  env: Record<string, string>,
): Promise<Contestant> {
  const started = await startApp(env, { app });
  return { ...started, name, url: `${started.url}/api/${route}` };
}

async function startServer(
  name: Name,
  file: string,
  env: Record<string, string>,
): Promise<Contestant> {
  const started = await startChild<string>(file, env);
  return { ...started, name, url: started.ready };
}

const apps = new Map<Name, FunctionsApp>();

function appOf(name: Name, file: string): string {
  const create = name === "tutorial-function" ? createPlainApp : createBundledApp;
  const app = apps.get(name) ?? create(resolve(import.meta.dirname, "contestants", file));
  apps.set(name, app);
  return app.directory;
}

export function removeApps(): void {
  for (const app of apps.values()) app.remove();
}
