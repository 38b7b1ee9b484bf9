import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { root } from "./snapshot.ts";

/** The compiler that BICEP names, or the one on PATH, or the one that `az bicep install` left. */
export function findCompiler(): string | undefined {
  const { BICEP, PATH = "" } = process.env;
  const places = [...PATH.split(delimiter), join(homedir(), ".azure/bin")].map((folder) => join(folder, "bicep"));
  return (BICEP === undefined || BICEP === "" ? places : [BICEP]).find((path) => existsSync(path));
}

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  /** Warnings and errors; what the compiler merely informs of does not count. */
  readonly complaints: readonly string[];
}

/** Runs it with an environment that holds nothing but where to find programs and temporary files. */
export function runCompiler(compiler: string, args: readonly string[], cwd = join(root, "infra")): Run {
  const env = { PATH: process.env["PATH"], HOME: homedir(), TMPDIR: tmpdir() };
  const { status, stdout, stderr, error } = spawnSync(compiler, args, { cwd, env, encoding: "utf8" });
  if (error !== undefined) throw error;
  const complaints = `${stdout.startsWith("{") ? "" : stdout}${stderr}`
    .split("\n")
    .filter((line) => /: (Warning|Error) |^(Snapshot|Failed|Unhandled)/.test(line));
  return { status, stdout, complaints };
}
