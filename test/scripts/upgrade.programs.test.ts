// Upgrades a company's clone to the next version with the commands in docs/operate.md.
import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, cpSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { check } from "../../tools/check-environment/files.ts";
import { ask } from "../infra/asked.ts";
import { format, hasCompiler } from "../infra/compiler.ts";
import { isCompanys, root } from "../infra/snapshot.ts";
import { createSetupProject, productionAnswers } from "./setup-project.ts";

// In milliseconds. Creating and merging git repositories takes long on a busy machine.
jest.setTimeout(180_000);

const ifCompiled = !hasCompiler && process.env["BICEP_REQUIRED"] !== "1" ? it.skip : it;
const environments = {
  dev: ["dev"],
  prod: ["prod"],
  small: ["small"],
  live: ["live", "--like", "prod", "--no-pipelines"],
};
const names = Object.keys(environments);
const folders = names.map((name) => `infra/environments/${name}`);

const project = createSetupProject();
const company = project.path("project");
const product = project.path("product");

function makeNextVersion(): void {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: product, encoding: "utf8" });
  appendFileSync(join(product, "infra/main.bicep"), "// New in v2.2.0.\n");
  git("commit", "--quiet", "--all", "--message", "feat: the next version");
  git("tag", "v2.2.0");
}

function upgrade(): void {
  const [, commands = ""] =
    /^## Upgrade$[^]*?```sh\n([^]*?)```/m.exec(readFileSync("docs/operate.md", "utf8")) ?? [];
  const script = commands.replace(/https:\S+/, product);
  expect(script).toContain(product);
  const env = {
    ...process.env,
    GIT_EDITOR: "true",
    GIT_CONFIG_GLOBAL: project.path("home/.gitconfig"),
  };
  const { status, stdout, stderr } = spawnSync("bash", ["-e", "-c", script], {
    cwd: company,
    env,
    encoding: "utf8",
  });
  expect([status, `${stdout}${stderr}`]).toEqual([0, expect.stringContaining("Merge made")]);
}

beforeAll(async () => {
  cpSync(join(root, "infra"), join(company, "infra"), {
    recursive: true,
    filter: (file) =>
      !file.endsWith(".snapshot.json") && !isCompanys(relative(join(root, "infra"), file)),
  });
  project.git("add", ".");
  project.git("commit", "--quiet", "--message", "feat: the templates");
  project.git("tag", "v2.1.0");
  const answers = {
    ...productionAnswers,
    "for calls": "-",
    "copy of docs/runbooks.md": "https://wiki.octo.org/runbooks",
  };
  for (const [name, args] of Object.entries(environments)) {
    // Setup writes the parameters before the check, so a run that fails at the check is enough.
    const fails = name === "dev" ? undefined : "check-environment *";
    const { status, environment } = await project.setup(args, answers, fails);
    expect(status).toBe(fails === undefined ? 0 : 1);
    if (args.includes("--no-pipelines")) expect(environment).toMatch(/^STAGE=production$/m);
  }
  project.git("add", "infra");
  project.git(
    "commit",
    "--quiet",
    "--message",
    "chore: the values of those that are not deployed yet",
  );
  project.git(
    "-c",
    "advice.detachedHead=false",
    "clone",
    "--quiet",
    "--branch",
    "v2.1.0",
    company,
    product,
  );
  makeNextVersion();
  upgrade();
});

it("merging the next version keeps the company's values and takes over every other change", () => {
  const theirs = project.git("diff", "--name-only", "v2.2.0", "upgrade-v2.2.0");
  expect(theirs).toBe(project.git("diff", "--name-only", "v2.1.0", "main"));
  expect(project.git("diff", "main", "upgrade-v2.2.0", "--", ...folders)).toBe("");
});

ifCompiled.each(names)(
  "setup's files for %s are formatted and pass check-environment.sh's rules",
  async (name) => {
    const infra = join(company, "infra");
    const folder = `environments/${name}`;
    for (const file of project
      .files(`project/infra/${folder}`)
      .filter((file) => file.endsWith(".bicepparam"))) {
      const content = project.read(`project/infra/${folder}/${file}`);
      expect(await format(`${folder}/${file}`, content)).toBe(content);
    }
    const findings = await check(
      join(infra, folder),
      (method, params) => {
        const { path, ...more } = params as { path: string };
        return ask(method, relative(infra, path), { content: readFileSync(path, "utf8") }, more);
      },
      {},
      // The environment `live` has no pipeline.json, so its stage is an argument.
      name === "live" ? "production" : undefined,
    );
    expect(findings.filter(({ kind }) => kind === "problem")).toEqual([]);
  },
);

it("after the upgrade, setup deploys the changes without new answers", async () => {
  const state = project.git("status", "--porcelain");
  const { status, calls } = await project.setup(["dev"], { "Continue?": "y" });
  expect([status, project.git("status", "--porcelain")]).toEqual([0, state]);
  expect(calls.filter((call) => call.includes("deployment group create"))).toHaveLength(1);
});
