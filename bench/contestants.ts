import { bundleApp } from "../test/local/bundled-app.ts";
import { startApp } from "../local/app.ts";
import { startChild } from "./child.ts";
import { apiKey, hookSecret } from "./secrets.ts";

export type Name = "ours" | "floor" | "floor-undici" | "tutorial" | "limit" | "hello";

/** What each is called in the table. */
export const titles: Readonly<Record<Name, string>> = {
  ours: "this bridge",
  floor: "platform floor",
  "floor-undici": "floor, undici",
  tutorial: "tutorial's server",
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

export async function startContestant(name: Name, { azure, eightByEight }: Surroundings): Promise<Contestant> {
  const { NODE_EXTRA_CA_CERTS = "", NODE_OPTIONS = "" } = azure;
  const env = { EIGHT_BY_EIGHT_URL: eightByEight, NODE_EXTRA_CA_CERTS, NODE_OPTIONS };
  switch (name) {
    case "ours":
      return startFunctions(name, "okta/telephony", ".", {
        ...azure,
        EIGHT_BY_EIGHT_SMS_URL: eightByEight,
        EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "bench_sms",
      });
    case "floor":
    case "floor-undici":
    case "hello":
      return startFunctions(name, name, emptyApp(name), env);
    case "tutorial":
      return startServer(name, "contestants/tutorial.js", { ...env, HOOK_SECRET: hookSecret, API_KEY: apiKey });
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

async function startServer(name: Name, file: string, env: Record<string, string>): Promise<Contestant> {
  const started = await startChild<string>(file, env);
  return { ...started, name, url: started.ready };
}

const apps = new Map<Name, ReturnType<typeof bundleApp>>();

/** Bundled as ours is, so that a cold start reads as few files. */
function emptyApp(name: Name): string {
  const app = apps.get(name) ?? bundleApp(`import "./bench/contestants/${name}.ts";`);
  apps.set(name, app);
  return app.directory;
}

export function removeApps(): void {
  for (const app of apps.values()) app.remove();
}
