import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { root, type Snapshot } from "./snapshot.ts";

// The ids that the committed snapshots were made with: scripts/snapshot.sh.
export const subscription = ["--subscription-id", "00000000-0000-0000-0000-000000000000", "--location", "westeurope"];

/** The compiler that BICEP names, or the one on PATH, or the one that `az bicep install` left. */
export function findCompiler(): string | undefined {
  const { BICEP, PATH = "" } = process.env;
  const places = [...PATH.split(delimiter), join(homedir(), ".azure/bin")].map((folder) => join(folder, "bicep"));
  return (BICEP === undefined || BICEP === "" ? places : [BICEP]).find((path) => existsSync(path));
}

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Warnings and errors; what the compiler merely informs of does not count. */
  readonly complaints: readonly string[];
}

/** Runs it with an environment that holds nothing but where to find programs and temporary files, and lets example values through. */
export function runCompiler(
  compiler: string,
  args: readonly string[],
  cwd = join(root, "infra"),
  PLACEHOLDERS = "allowed",
): Run {
  // A run of seconds gains nothing from what .NET learns for the next hour: a fifth of the time of each.
  const dotnet = { DOTNET_TieredPGO: "0", DOTNET_gcConcurrent: "0" };
  const env = { PATH: process.env["PATH"], HOME: homedir(), TMPDIR: tmpdir(), PLACEHOLDERS, ...dotnet };
  const { status, stdout, stderr, error } = spawnSync(compiler, args, { cwd, env, encoding: "utf8" });
  if (error !== undefined) throw error;
  const complaints = `${stdout.startsWith("{") ? "" : stdout}${stderr}`
    .split("\n")
    .filter((line) => /: (Warning|Error) |^(Snapshot|Failed|Unhandled)/.test(line));
  return { status, stdout, stderr, complaints };
}

/** What differs between the snapshots and what the templates say now: nothing, or what to do about it. */
export function staleSnapshots(compiler: string, name: string, cwd?: string): readonly string[] {
  const group = ["--resource-group", `rg-okta8x8-${name}`];
  const environment = [[`main.${name}.bicepparam`, ...group], [`bootstrap/main.${name}.bicepparam`]];
  return (name === "front" ? [["front.bicepparam", ...group]] : environment).flatMap((args) => {
    const { status, stdout, stderr } = runCompiler(
      compiler,
      ["snapshot", ...args, ...subscription, "--mode", "validate"],
      cwd,
    );
    if (status === 0 && stdout === "") return [];
    return [
      `infra/${args[0] ?? ""}: the snapshot is stale. Run scripts/snapshot.sh and review its diff.\n${stdout}${stderr}`,
    ];
  });
}

/** Works in a copy of infra/. */
export function inCopy<T>(work: (folder: string) => T): T {
  const copy = mkdtempSync(join(tmpdir(), "infra-"));
  try {
    cpSync(join(root, "infra"), copy, { recursive: true });
    return work(copy);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** What Azure would be asked for with these choices and else the defaults, whatever stands in the environments' files. */
export function compileVariant(compiler: string, choices: string): Variant {
  const required = [
    "using 'main.bicep'",
    "param environmentName = 'test'",
    "param hookSettings = { EIGHT_BY_EIGHT_SMS_SUBACCOUNT: 'acme_otp' }",
    "param pageReceivers = { emails: ['on-call@acme.test'] }",
    "param ticketEmails = ['queue@acme.test']",
    "param runbookUrl = 'https://acme.test/docs/runbooks.md'",
  ].filter((line) => !choices.includes(line.replace(/=.*/, "=")));
  return compileWith(compiler, ".", [...required, choices], ["--resource-group", "rg-variant"]);
}

/** The same for the bootstrap, which refuses example values here as in a deployment. */
export function compileBootstrap(compiler: string, choices: string): Variant {
  const required = ["using 'main.bicep'", "param environmentName = 'test'", "param location = 'westeurope'"];
  return compileWith(compiler, "bootstrap", [...required, choices], []);
}

/** The same for the front. */
export function compileFront(compiler: string, choices: string): Variant {
  const required = [
    "using 'front.bicep'",
    "param hostName = 'otp.acme.test'",
    "param originHostNames = ['prod.acme.test', 'dr.acme.test']",
    "param runbookUrl = 'https://acme.test/docs/outage.md'",
  ];
  return compileWith(compiler, ".", [...required, choices], ["--resource-group", "rg-variant"]);
}

type Variant = Run & { readonly snapshot: () => Snapshot };

function compileWith(compiler: string, folder: string, lines: readonly string[], where: readonly string[]): Variant {
  return inCopy((copy) => {
    const file = join(copy, folder, "variant");
    writeFileSync(`${file}.bicepparam`, lines.join("\n"));
    const args = ["snapshot", `${file}.bicepparam`, ...where, ...subscription, "--mode", "overwrite"];
    const run = runCompiler(compiler, args, copy);
    const json = existsSync(`${file}.snapshot.json`) ? readFileSync(`${file}.snapshot.json`, "utf8") : "";
    return { ...run, snapshot: () => JSON.parse(json) as Snapshot };
  });
}
