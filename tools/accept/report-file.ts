import { randomBytes, scryptSync } from "node:crypto";
import {
  existsSync,
  lstatSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  type WriteFileOptions,
} from "node:fs";
import * as z from "zod";
import { parseJson } from "../../src/privacy/json.ts";
import { refuseTracked } from "../okta/untracked-file.ts";
import type { Assumption } from "./assumption.ts";
import { entry, type Entry } from "./finding.ts";
import { describe } from "./report.ts";
import type { Usage } from "./usage.ts";

const report = z.object({
  /** Identifies the environment without its name: a salt and a hash. */
  of: z.tuple([z.string(), z.string()]),
  startedAt: z.iso.datetime(),
  /** Only with --names. */
  environment: z.string().optional(),
  group: z.string().optional(),
  entries: z.array(entry),
});
type Report = z.infer<typeof report>;

const files = {
  json: "accept-report.json",
  markdown: "accept-report.md",
  lock: "accept-report.lock",
};

/** Throws if git tracks the report, or a link with its name: a branch could hold false results. */
export function refuseBroughtReport(): void {
  for (const file of Object.values(files))
    if (lstatSync(file, { throwIfNoEntry: false })) refuseTracked(file);
}

/** Throws if another run is writing the report. Returns a function that releases the lock. */
export function lockReport(): () => void {
  const unlock = () => {
    rmSync(files.lock, { force: true });
  };
  const create: WriteFileOptions = { flag: "wx" };
  try {
    writeFileSync(files.lock, String(process.pid), create);
  } catch {
    const pid = Number(readFileSync(files.lock, "utf8"));
    if (isRunning(pid))
      throw new Error(`Another run (process ${pid}) writes this report. Wait until it ends.`);
    // A run that was killed left the lock.
    unlock();
    writeFileSync(files.lock, String(process.pid), create);
  }
  return unlock;
}

function isRunning(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

const hashOf = (environment: string, salt: string) =>
  scryptSync(environment, salt, 12).toString("hex");

/** Returns an earlier run's results by id. Throws if they belong to another environment. */
export function readReport(environment: string): ReadonlyMap<string, Entry> {
  if (!existsSync(files.json)) return new Map();
  const read = report.safeParse(parseJson(readFileSync(files.json, "utf8"))).data;
  const [salt = "", hash] = read?.of ?? [];
  if (read === undefined || hashOf(environment, salt) !== hash)
    throw new Error(
      `${files.json} belongs to another environment or version. Move accept-report.* elsewhere first.`,
    );
  return new Map(read.entries.map((one) => [one.id, one]));
}

/** Writes the report of this run. A file is replaced in one step, so it is never half written. */
export function createReporter(
  { environment, names }: Pick<Usage, "environment" | "names">,
  group: string,
  assumptions: readonly Assumption[],
): (entries: readonly Entry[], tried?: number) => void {
  const startedAt = new Date();
  const salt = randomBytes(6).toString("hex");
  const of: Report["of"] = [salt, hashOf(environment, salt)];
  const shown = names || environment === "local" ? environment : "<environment>";
  return (entries, tried) => {
    const json: Report = {
      of,
      startedAt: startedAt.toISOString(),
      ...(names && { environment, group }),
      entries: [...entries],
    };
    const markdown = describe({ environment: shown, startedAt, assumptions, entries, tried });
    replace(files.json, `${JSON.stringify(json, null, 2)}\n`);
    replace(files.markdown, markdown);
  };
}

function replace(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}
