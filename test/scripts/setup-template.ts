import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "../..");

/** A folder with a clone, its origin, a home and the stand-ins. Every path in it stays right in a copy, so one is made and the others are copies of it. */
export function createTemplate(): string {
  const folder = mkdtempSync(join(tmpdir(), "setup-template-"));
  const [programs, project, home] = ["programs", "project", "home", "stand-in"].map((name) => {
    mkdirSync(join(folder, name));
    return join(folder, name);
  }) as [string, string, string];

  for (const [program, source] of [
    ["az", "azure-stand-in.bash"],
    ["gh", "github-stand-in.bash"],
    ["npm", "npm-stand-in.bash"],
    ["curl", "npm-stand-in.bash"],
    ["sleep", "npm-stand-in.bash"],
    ["check-environment", "npm-stand-in.bash"],
  ] as const) {
    copyFileSync(join(__dirname, source), join(programs, program));
    chmodSync(join(programs, program), 0o755);
  }
  // What they source.
  copyFileSync(join(__dirname, "stand-in-record.bash"), join(programs, "stand-in-record.bash"));
  cpSync(join(root, "scripts"), join(project, "scripts"), { recursive: true });
  const examples = "infra/environments/examples";
  cpSync(join(root, examples), join(project, examples), {
    recursive: true,
    filter: (file) => !file.endsWith(".snapshot.json"),
  });
  // Setup judges answers by the program itself.
  symlinkSync(join(root, "tools"), join(project, "tools"));
  writeFileSync(join(project, "package.json"), '{ "type": "module" }\n');
  writeFileSync(join(project, "package-lock.json"), "{}\n");
  writeFileSync(join(project, ".gitignore"), "node_modules/\ntools\n*.zip\n");

  writeFileSync(join(home, ".gitconfig"), "[user]\n\tname = Octo\n\temail = octo@octo.org\n");
  const git = gitIn(project, { PATH: process.env["PATH"], GIT_CONFIG_GLOBAL: join(home, ".gitconfig") });
  git("init", "--quiet", "--initial-branch", "main");
  git("init", "--quiet", "--bare", "--initial-branch", "main", "../origin");
  git("remote", "add", "origin", "../origin");
  git("add", ".");
  git("commit", "--quiet", "--message", "feat: the project");
  git("push", "--quiet", "origin", "main");
  return folder;
}

export function gitIn(cwd: string, env: NodeJS.ProcessEnv) {
  return (...args: string[]) => execFileSync("git", args, { cwd, env, encoding: "utf8" });
}
