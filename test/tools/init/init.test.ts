import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import packageJson from "../../../package.json" with { type: "json" };
import { azurePipelines } from "../../../tools/init/azure-pipelines.ts";
import { environmentsByStage, withoutPipeline } from "../../../tools/init/environments.ts";
import { workflows, writtenBefore, type Kind } from "../../../tools/init/github.ts";
import { readInstalled, type Installed } from "../../../tools/init/installed.ts";
import { otherVersions } from "../../../tools/check-environment/pinned-version.ts";
import { codeOwners, gitIgnore, hasCodeOwners, manifest } from "../../../tools/init/repository.ts";
import { writeFiles } from "../../../tools/init/write-files.ts";
import { lintWorkflow } from "../../infra/workflow-lint.ts";

const before = process.cwd();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "init-"));
  process.chdir(folder);
  jest.spyOn(process.stdout, "write").mockReturnValue(true);
});
afterEach(() => {
  jest.restoreAllMocks();
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

const write = (file: string, text: string) => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
};
const read = (file: string) => readFileSync(file, "utf8");

const deploy = ".github/workflows/okta-8x8-telephony.yml";
const okta = ".github/workflows/okta-8x8-telephony-okta.yml";
const installed: Installed = {
  version: "3.0.0",
  sha512: "sha512-AAA=",
  tarball: "https://github.com/octo-org/product/releases/download/v3.0.0/x.tgz",
  repository: "octo-org/product",
  commit: "a".repeat(40),
  isSigned: true,
};
const next = { ...installed, version: "3.1.0", sha512: "sha512-BBB=", commit: "b".repeat(40) };
const stages = { test: ["dev"], production: ["prod"], standby: [] };
const init = (kind: Kind, of = installed, environments = stages) => {
  writeFiles(workflows(of, environments, kind));
};

test.each(["reusable", "inline"] as const)(
  "GitHub's own parser accepts the %s workflows",
  async (kind) => {
    init(kind);
    expect(writtenBefore()).toEqual({ kind, isVerified: true });
    for (const file of [deploy, okta]) expect(await lintWorkflow(read(file))).toEqual([]);
  },
);

test("the reusable workflow is pinned to the commit of the package, and has its version and checksum", () => {
  init("reusable");
  const { jobs } = parse(read(deploy)) as { jobs: { deploy: object } };
  expect(jobs.deploy).toEqual({
    permissions: { attestations: "read", contents: "read", "id-token": "write" },
    uses: `octo-org/product/.github/workflows/deploy.yml@${"a".repeat(40)}`,
    with: {
      version: "3.0.0",
      sha512: "sha512-AAA=",
      tarball: installed.tarball,
      publisher: "octo-org/product",
      preview: '["dev","prod"]',
      test: '["dev"]',
      production: '["prod"]',
      standby: "[]",
    },
  });
  expect(read(deploy).trim().split("\n").length).toBeLessThan(30);
});

test("the inline workflows have values in place of inputs, and only the events of a company", () => {
  init("inline");
  const { on } = parse(read(deploy)) as { on: object };
  expect(Object.keys(on)).toEqual(["pull_request", "push", "workflow_dispatch"]);
  expect(read(deploy)).not.toMatch(/inputs\./);
  expect(read(deploy)).toContain("SHA512: ${{ 'sha512-AAA=' }}");
  expect(read(deploy)).toContain(`environment: \${{ fromJSON('["prod"]') }}`);
});

test.each(["reusable", "inline"] as const)(
  "the %s workflow of a version without a signature verifies no signature",
  async (kind) => {
    init(kind, { ...installed, isSigned: false });
    expect(writtenBefore()).toEqual({ kind, isVerified: false });
    expect(await lintWorkflow(read(deploy))).toEqual([]);
  },
);

test("a version without a signature removes the publisher of an existing reusable workflow", () => {
  init("reusable");
  init("reusable", { ...next, isSigned: false });
  expect(read(deploy)).not.toContain("publisher:");
  expect(read(deploy)).toContain("version: 3.1.0");
});

test("an inline workflow without a publisher stays without one in the next version", () => {
  init("inline");
  writeFileSync(deploy, read(deploy).replace(/PUBLISHER: .*/g, "PUBLISHER: ''"));
  init("inline", next);
  expect(writtenBefore()).toEqual({ kind: "inline", isVerified: false });
  expect(read(deploy)).toContain("if: ${{ '' != '' }}");
});

test("inline replaces a reusable workflow", () => {
  init("reusable");
  init("inline");
  expect(writtenBefore()?.kind).toBe("inline");
  expect(read(deploy)).not.toContain("uses: octo-org");
});

test("rotate runs every quarter, and when a person starts it", () => {
  init("reusable");
  const { on } = parse(read(okta)) as { on: object };
  expect(on).toEqual({ schedule: [{ cron: "43 8 3 1,4,7,10 *" }], workflow_dispatch: null });
});

test("a later version and a new environment change only their lines of a reusable workflow", () => {
  init("reusable");
  const own = read(deploy)
    .replace("name: okta", "name: our-okta")
    .replace(/^ +publisher: .*\n/m, "");
  writeFileSync(deploy, own);
  init("reusable", next, { ...stages, standby: ["dr"] as never[] });
  const changed = read(deploy)
    .split("\n")
    .filter((line, at) => line !== own.split("\n")[at]);
  expect(changed).toEqual([
    `    uses: octo-org/product/.github/workflows/deploy.yml@${"b".repeat(40)} # v3.1.0`,
    "      version: 3.1.0",
    "      sha512: sha512-BBB=",
    `      preview: '["dev","prod","dr"]'`,
    `      standby: '["dr"]'`,
  ]);
});

test("azure-pipelines.yml gets the values and the order of the environments, and keeps later changes", () => {
  writeFiles(azurePipelines(installed, { ...stages, standby: ["dr"] }));
  const first = parse(read("azure-pipelines.yml")) as {
    variables: object;
    parameters: readonly { default: object }[];
  };
  expect(first.variables).toMatchObject({ version: "3.0.0", sha512: "sha512-AAA=" });
  expect(first.parameters[0]?.default).toEqual([
    { name: "dev", after: [] },
    { name: "prod", after: ["dev"] },
    { name: "dr", after: ["dev", "prod"] },
  ]);
  writeFileSync("azure-pipelines.yml", `${read("azure-pipelines.yml")}# ours\n`);
  writeFiles(azurePipelines(next, stages));
  expect(read("azure-pipelines.yml")).toMatch(/version: 3\.1\.0\n[^]*name: dr,[^]*# ours\n$/);
});

test("package.json becomes private, and .gitignore and CODEOWNERS keep their other lines", () => {
  write(
    "package.json",
    '{ "name": "ours", "dependencies": { "okta-8x8-telephony": "file:x.tgz" } }',
  );
  write(".gitignore", "secret.txt");
  write(".github/CODEOWNERS", "* @octo-org/all\n/environments/ @octo-org/old\n");
  writeFiles({ ...manifest("3.0.0"), ...gitIgnore(), ...codeOwners("@octo-org/identity") });
  expect(JSON.parse(read("package.json"))).toEqual({
    name: "ours",
    dependencies: { "okta-8x8-telephony": "file:x.tgz" },
    private: true,
  });
  expect(read(".gitignore")).toMatch(/^secret\.txt\nnode_modules\/\n[^]*^\.npmrc\n/m);
  expect(hasCodeOwners()).toBe(true);
  expect(read(".github/CODEOWNERS")).toBe(
    "* @octo-org/all\n/environments/ @octo-org/identity\n/.github/ @octo-org/identity\n",
  );
});

test.each([
  ["environments/production/pipeline.json", '{ "stage": "production" }'],
  ["environments/prod/pipeline.json", '{ "stage": "live" }'],
])("an invalid %s is named: %s", (file, text) => {
  write(file, text);
  expect(environmentsByStage).toThrow(`${file} is not valid.`);
});

test("an environment without a pipeline.json is named, with what to write", () => {
  write("environments/prod/main.bicepparam", "");
  write("environments/dev/main.bicepparam", "");
  write("environments/dev/pipeline.json", '{ "stage": "test" }');
  expect(withoutPipeline()).toEqual([
    expect.stringMatching(/^No pipeline deploys environments\/prod, .* \{ "stage": "test" \} or /),
  ]);
});

describe("the installed package", () => {
  const { version } = packageJson;
  const lock = (own: object) => {
    const packages = {
      "node_modules/okta-8x8-telephony": { version, integrity: sha512, ...own },
    };
    write("package-lock.json", JSON.stringify({ packages }));
  };
  const sha512 = `sha512-${createHash("sha512").update("the package").digest("base64")}`;
  beforeEach(() => {
    write("okta.tgz", "the package");
  });

  test.each([
    ["file:okta.tgz", "okta.tgz"],
    ["https://packages.octo.org/okta.tgz", "https://packages.octo.org/okta.tgz"],
  ])("the pipeline gets the package that npm resolved as %s", (resolved, tarball) => {
    lock({ resolved });
    expect(readInstalled()).toMatchObject({ version, sha512, tarball, isSigned: false });
  });

  test.each([
    ["is missing", undefined, "The pipeline needs okta.tgz, which is missing in /"],
    ["has another checksum", "another package", "okta.tgz is not the tarball that is installed"],
  ])("init and check report a tarball that %s", (_, content, words) => {
    lock({ resolved: "file:okta.tgz" });
    init("inline", { ...installed, version, sha512, tarball: "okta.tgz" });
    expect(otherVersions()).toEqual([]);
    rmSync("okta.tgz");
    if (content !== undefined) write("okta.tgz", content);
    expect(otherVersions()).toEqual([expect.stringContaining(words)]);
    expect(readInstalled).toThrow(words);
  });

  test.each([
    [
      "a tarball outside of the repository",
      { resolved: "file:../okta.tgz" },
      "Copy its tarball into",
    ],
    [
      "another version",
      { version: "2.0.0" },
      "To install the version of package-lock.json, run npm ci in /",
    ],
    ["no checksum", { integrity: "" }, "has no checksum of version"],
  ])("init says what to install for %s", (_, own, words) => {
    lock(own);
    expect(readInstalled).toThrow(words);
  });
});
