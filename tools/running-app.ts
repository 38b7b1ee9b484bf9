import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { isLoopback } from "../src/settings/environment/validators.ts";

/** Git ignores this folder. Each `start` has its own subfolder, named after its app's port. */
const folder = ".cache/start";
const file = "app.json";

const runningApp = z.object({
  pid: z.int().positive(),
  /** The app's origin, such as http://127.0.0.1:7071. */
  url: z.string(),
  sandboxUrl: z.string(),
  header: z.string(),
  hookSecret: z.string(),
  eventSecret: z.string(),
});
export type RunningApp = z.infer<typeof runningApp>;

export const folderOf = (url: string): string => `${folder}/${new URL(url).port}`;

/**
 * Stores an app's secrets in a file for the project's commands. Only the current user can read the
 * file. Before the app stops, call the returned function to delete the file: another app may soon
 * use the port.
 */
export function keepRunningApp(app: Omit<RunningApp, "pid">): () => void {
  const own = folderOf(app.url);
  const forget = () => {
    if (read(own)?.pid === process.pid) rmSync(own, { recursive: true, force: true });
  };
  // Delete what a killed `start` left, because writing to an existing file keeps its mode.
  rmSync(own, { recursive: true, force: true });
  mkdirSync(own, { recursive: true, mode: 0o700 });
  writeFileSync(join(own, file), `${JSON.stringify({ pid: process.pid, ...app }, null, 2)}\n`, {
    mode: 0o600,
  });
  process.once("exit", forget);
  return forget;
}

/** Returns every app that `start` runs from this folder. */
export function runningApps(): readonly RunningApp[] {
  return namesIn(folder).flatMap((name) => {
    const app = read(join(folder, name));
    return app !== undefined && isAlive(app.pid) ? [app] : [];
  });
}

/** Returns the app at exactly this origin. No other origin may get the secrets of an app. */
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
