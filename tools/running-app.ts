import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { isLoopback } from "../src/settings/environment/validators.ts";

/**
 * In the project's folder, where git ignores it. Each `npm start` has a folder of its own there, by
 * the port of its app.
 */
const folder = ".cache/npm-start";
const file = "app.json";

const runningApp = z.object({
  /** Of `npm start`. */
  pid: z.int().positive(),
  /** The app's origin, such as http://127.0.0.1:7071. */
  url: z.string(),
  sandboxUrl: z.string(),
  /** The header of the hook secret. */
  header: z.string(),
  hookSecret: z.string(),
  eventSecret: z.string(),
});
export type RunningApp = z.infer<typeof runningApp>;

/** Of the app at this port. */
export const folderOf = (url: string): string => `${folder}/${new URL(url).port}`;

/**
 * Keeps an app's secrets for the commands of this folder. Only this user can read them. Call what
 * it returns before the app stops: another app can have the port a moment later.
 */
export function keepRunningApp(app: Omit<RunningApp, "pid">): () => void {
  const own = folderOf(app.url);
  const forget = () => {
    if (read(own)?.pid === process.pid) rmSync(own, { recursive: true, force: true });
  };
  // A killed npm start leaves its folder, whose files would keep their modes.
  rmSync(own, { recursive: true, force: true });
  mkdirSync(own, { recursive: true, mode: 0o700 });
  writeFileSync(join(own, file), `${JSON.stringify({ pid: process.pid, ...app }, null, 2)}\n`, {
    mode: 0o600,
  });
  process.once("exit", forget);
  return forget;
}

/** All that `npm start` runs from this folder. */
export function runningApps(): readonly RunningApp[] {
  return namesIn(folder).flatMap((name) => {
    const app = read(join(folder, name));
    return app !== undefined && isAlive(app.pid) ? [app] : [];
  });
}

/** The one with exactly this origin: its secrets are for no other. */
export function runningAppAt(url: URL): RunningApp | undefined {
  return isLoopback(url) ? runningApps().find((app) => app.url === url.origin) : undefined;
}

function namesIn(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function read(own: string): RunningApp | undefined {
  try {
    return runningApp.parse(JSON.parse(readFileSync(join(own, file), "utf8")));
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
