import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createTemplate, gitIn } from "./setup-template.ts";
import { typeAnswers, type Answers } from "./terminal.ts";

const root = join(__dirname, "../..");

export const apiKey = "an-8x8-key-that-nobody-else-may-see";

/** For a test environment, in which alerts are off. */
export const answers: Answers = {
  "sub-account for SMS": "octo_otp",
  "Sender of an SMS": "Octo",
  "8x8 API key": apiKey,
  "Go on?": "y",
};

/** For one that serves listed countries, and wakes somebody. */
export const productionAnswers: Answers = {
  ...answers,
  "where your people live": "BR,PT",
  "that are woken": "on-call@octo.org",
  "what can wait": "team@octo.org,desk@octo.org",
};

export interface SetupRun {
  readonly status: number | null;
  /** All that the terminal showed. */
  readonly screen: string;
  /** Each question that was asked, without what stood in brackets. */
  readonly questions: readonly string[];
  /** Each program that was called, with its arguments. */
  readonly calls: readonly string[];
  /** The environment of every program that was called. */
  readonly environment: string;
}

/** A clone of the project with an origin, a home, and stand-ins for the programs that would reach Azure and GitHub. */
export interface SetupProject {
  /**
   * One call that looks like `fails`, a shell pattern, fails; its further lines are what the program then says. Throws where a
   * stand-in was asked for what its documents do not have.
   */
  setup(args: readonly string[], answers: Answers, fails?: string, shell?: string): Promise<SetupRun>;
  path(path: string): string;
  /** The names in a folder. */
  files(path: string): readonly string[];
  read(path: string): string;
  /** What the vault of an environment has under this name. */
  secret(environment: string, name: string): string;
  /** Who has a role in Azure beside the owner that runs setup. */
  roles(): readonly string[];
  /** The files, of whoever, that hold this text. */
  holders(text: string): readonly string[];
  /** Without a text, removes. */
  write(path: string, text: string | undefined): void;
  /** What Azure, GitHub and the clone hold. */
  state(): Readonly<Record<string, string>>;
  git(...args: string[]): string;
  remove(): void;
}

let template: string | undefined;

afterAll(() => {
  if (template !== undefined) rmSync(template, { recursive: true });
});

export function createSetupProject(): SetupProject {
  template ??= createTemplate();
  const folder = mkdtempSync(join(tmpdir(), "setup-"));
  cpSync(template, folder, { recursive: true });
  const [programs, project, standIn, home] = ["programs", "project", "stand-in", "home"].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  const environment = {
    PATH: `${programs}:${process.env["PATH"] ?? ""}`,
    HOME: home,
    STAND_IN: standIn,
    NODE: process.execPath,
    BICEP: "true",
    TMPDIR: join(folder, "tmp"),
    OKTA: join(root, "tools/okta.ts"),
    SMOKE_CHECKS: "1",
    GIT_CONFIG_GLOBAL: join(home, ".gitconfig"),
    NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] ?? "",
  };
  mkdirSync(environment.TMPDIR);
  const git = gitIn(project, environment);

  const read = (path: string) => readFileSync(join(folder, path), "utf8");
  const write = (path: string, text: string | undefined) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    if (text === undefined) rmSync(join(folder, path));
    else writeFileSync(join(folder, path), text);
  };
  write("stand-in/azure/login", "subscription-id\tuser\tOcto subscription\tocto@octo.org\n");
  write("stand-in/azure/roles/owner", "Owner\t/subscriptions/subscription-id\t\n");
  write("stand-in/github/login", "");
  write("stand-in/github/repository", "octo-org/telephony 77 99 true false\n");
  write("stand-in/github/subject", "true repo:octo-org@77/telephony@99\n");

  async function setup(args: readonly string[], typed: Answers, fails?: string, shell = "bash"): Promise<SetupRun> {
    for (const name of ["calls", "environment"]) write(`stand-in/${name}`, "");
    if (fails !== undefined) write("stand-in/fails", fails);
    const { status, screen, questions } = await typeAnswers(
      [shell, "scripts/setup.sh", ...args].join(" "),
      typed,
      project,
      environment,
    );
    const refused = join(standIn, "refused");
    if (existsSync(refused)) throw new Error(readFileSync(refused, "utf8"));
    const calls = read("stand-in/calls").split("\x1e").filter(Boolean);
    return {
      status,
      screen,
      questions,
      calls: calls.map((call) => call.split("\x1f").slice(0, -1).join(" ")),
      environment: read("stand-in/environment"),
    };
  }

  function state(): Readonly<Record<string, string>> {
    const files = ["stand-in/azure", "stand-in/github", "project/infra"].flatMap((path) =>
      readdirSync(join(folder, path), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1)),
    );
    const origin = git("ls-remote", "origin", "main");
    return { origin, ...Object.fromEntries(files.sort().map((file) => [file, read(file)])) };
  }

  return {
    setup,
    path: (path) => join(folder, path),
    files: (path) => readdirSync(join(folder, path)),
    read,
    secret: (environment, name) => read(`stand-in/azure/secrets/kv-${environment}/${name}`),
    roles: () => readdirSync(join(standIn, "azure/roles")).filter((file) => file !== "owner"),
    holders: (text) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name))
        .filter((file) => readFileSync(file).includes(text))
        .map((file) => file.slice(folder.length + 1)),
    write,
    state,
    git,
    remove() {
      if (existsSync(folder)) rmSync(folder, { recursive: true });
    },
  };
}
