import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { environmentFolder } from "../../tools/environment-folder.ts";

const root = join(__dirname, "../..");
const company = realpathSync(mkdtempSync(join(tmpdir(), "company-")));
const before = process.cwd();
let warned: jest.SpiedFunction<typeof process.stderr.write>;
beforeAll(() => {
  for (const folder of ["environments/dev", "infra/environments/dev", "infra/environments/qa"])
    mkdirSync(join(company, folder), { recursive: true });
  process.chdir(company);
  warned = jest.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterAll(() => {
  process.chdir(before);
  warned.mockRestore();
  rmSync(company, { recursive: true });
});

/** Calls the rule of the shell scripts. */
function inBash(environment: string): { readonly folder: string; readonly stderr: string } {
  const script = 'source "$1"; find_folder "$2"; printf %s "$folder"';
  const args = ["-c", script, "bash", join(root, "scripts/product.bash"), environment];
  const { stdout, stderr } = spawnSync("bash", args, { cwd: company, encoding: "utf8" });
  return { folder: stdout, stderr };
}

test.each([
  ["dev", "environments/dev"],
  ["new", "environments/new"],
  ["qa", "infra/environments/qa"],
])("the values of %s are in %s, for tools and for scripts", (environment, folder) => {
  expect([environmentFolder(environment), inBash(environment).folder]).toEqual([folder, folder]);
});

test("an example is in the product's folder, wherever the current folder is", () => {
  const example = join(root, "infra/environments/examples/prod");
  expect(environmentFolder("examples/prod")).toBe(relative(company, example));
  expect(inBash("examples/prod").folder).toBe(example);
});

test("tools and scripts say how to move values from version 2's folder", () => {
  warned.mockClear();
  environmentFolder("qa");
  const said = String(warned.mock.calls[0]?.[0]);
  expect(said).toMatch(/^infra\/environments\/qa is the folder of version 2, /);
  expect(inBash("qa").stderr).toBe(said);
});
