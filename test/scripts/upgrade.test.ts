// docs/upgrade.md, followed: a company's clone at one version takes the next, and keeps its values as they are.
import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { findCompiler } from "../infra/bicep.ts";
import { format, hasCompiler } from "../infra/compiler.ts";
import { isCompanys } from "../infra/snapshot.ts";
import { createSetupProject, productionAnswers, type SetupProject } from "./setup-project.ts";

jest.setTimeout(180_000);

const root = join(__dirname, "../..");
const made = [".git", "node_modules", "dist", "coverage", ".cache"];
const ifCompiled = !hasCompiler && process.env["BICEP_REQUIRED"] !== "1" ? it.skip : it;
/** Each environment, how setup is called for it, and where that ends: what it is made with is written by then. */
const environments: Readonly<Record<string, readonly [args: readonly string[], fails?: string]>> = {
  dev: [["dev"]],
  prod: [["prod"]],
  small: [["small"], "check-environment *"],
  live: [["live", "--like", "prod", "--no-pipelines"], "check-environment *"],
};
const values = Object.keys(environments);

let project: SetupProject;
let company: string;

/** This checkout, without what is made of it and without a company's values. */
function copyProduct(folder: string): void {
  for (const name of readdirSync(root).filter((name) => !made.includes(name)))
    cpSync(join(root, name), join(folder, name), {
      recursive: true,
      filter: (file) => !file.endsWith("/node_modules") && !isCompanys(relative(join(root, "infra"), file)),
    });
}

const comments: Readonly<Record<string, string>> = {
  ...{ ".bicep": "//", ".bicepparam": "//", ".ts": "//", ".kql": "//" },
  ...{ ".sh": "#", ".bash": "#", ".yml": "#", ".md": "" },
};

/** Changes each file that can be changed by a line, adds a parameter, adds an example and removes one. */
function makeNextVersion(folder: string): void {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, encoding: "utf8" });
  for (const file of git("ls-files").trim().split("\n")) {
    const comment = comments[extname(file)];
    if (comment !== undefined) appendFileSync(join(folder, file), `${comment} New in v1.2.0.\n`);
  }
  const parameter =
    "\n@description('Optional. New in v1.2.0, with a default.')\nparam newParameter string = 'default'\n\n@description('New.')\noutput newOutput string = newParameter\n";
  appendFileSync(join(folder, "infra/main.bicep"), parameter);
  const examples = join(folder, "infra/environments/examples");
  mkdirSync(join(examples, "qa"));
  writeFileSync(join(examples, "qa/main.bicepparam"), "using '../../../main.bicep'\n");
  git("rm", "--quiet", "-r", "--force", "infra/environments/examples/front");
  git("add", ".");
  git("commit", "--quiet", "--message", "feat: the next version");
  git("tag", "v1.2.0");
}

/** The commands of docs/upgrade.md. */
function upgrade(product: string): void {
  const [, commands = ""] =
    /^## To a newer version$[^]*?```sh\n([^]*?)```/m.exec(readFileSync("docs/upgrade.md", "utf8")) ?? [];
  const script = commands.replace(/https:\S+/, product);
  expect(script).toContain(product);
  const env = { ...process.env, GIT_EDITOR: "true", GIT_CONFIG_GLOBAL: join(company, "../home/.gitconfig") };
  const { status, stdout, stderr } = spawnSync("bash", ["-e", "-c", script], { cwd: company, env, encoding: "utf8" });
  expect([status, `${stdout}${stderr}`]).toEqual([0, expect.stringContaining("Merge made")]);
}

beforeAll(async () => {
  project = createSetupProject();
  company = project.git("rev-parse", "--show-toplevel").trim();
  project.write("project/tools", undefined);
  copyProduct(company);
  project.git("add", ".");
  project.git("commit", "--quiet", "--message", "feat: the product");
  project.git("tag", "v1.1.0");
  const answers = { ...productionAnswers, "for calls": "-", "read docs/runbooks.md": "https://wiki.octo.org/runbooks" };
  for (const [args, fails] of Object.values(environments)) {
    const { status, environment } = await project.setup(args, answers, fails);
    expect(status).toBe(fails === undefined ? 0 : 1);
    if (args.includes("--no-pipelines")) expect(environment).toMatch(/^STAGE=production$/m);
  }
  project.git("add", "infra");
  project.git("commit", "--quiet", "--message", "chore: the values of those without a pipeline");
  const product = join(company, "../product");
  project.git("-c", "advice.detachedHead=false", "clone", "--quiet", "--branch", "v1.1.0", company, product);
  makeNextVersion(product);
  upgrade(product);
});
afterAll(() => {
  project.remove();
});

it("setup wrote into the company's folders alone", () => {
  const changed = project.git("diff", "--name-only", "v1.1.0", "main").trim().split("\n");
  expect(new Set(changed.map((file) => file.split("/").slice(0, 3).join("/")))).toEqual(
    new Set(values.map((name) => `infra/environments/${name}`)),
  );
});

it("the merge has all of the version, and the company's values as they were", () => {
  const theirs = project.git("diff", "--name-only", "v1.2.0", "upgrade-v1.2.0");
  expect(theirs).toBe(project.git("diff", "--name-only", "v1.1.0", "main"));
  expect(
    project.git("diff", "main", "upgrade-v1.2.0", "--", ...values.map((name) => `infra/environments/${name}`)),
  ).toBe("");
});

ifCompiled.each(values)(
  "what setup wrote for %s passes the check of the version's templates and rules, and is formatted",
  async (name) => {
    const folder = `project/infra/environments/${name}`;
    for (const file of project.files(folder).filter((file) => file.endsWith(".bicepparam"))) {
      const content = project.read(`${folder}/${file}`);
      expect(await format(`environments/${name}/${file}`, content)).toBe(content);
    }
    const script = join(company, "scripts/check-environment.sh");
    // Where no pipeline.json says it.
    const env = { ...process.env, BICEP: findCompiler(), ...(name === "live" && { STAGE: "production" }) };
    const { status, stdout, stderr } = spawnSync(script, [name], { cwd: company, env, encoding: "utf8" });
    expect([status, stdout + stderr]).toEqual([0, expect.stringContaining(name)]);
  },
);

it("setup, run again, deploys what the version changed and asks for nothing new", async () => {
  const state = project.git("status", "--porcelain");
  const { status, calls } = await project.setup(["dev"], { "Go on?": "y" });
  expect([status, project.git("status", "--porcelain")]).toEqual([0, state]);
  expect(calls.filter((call) => call.includes("deployment group create"))).toHaveLength(1);
});
