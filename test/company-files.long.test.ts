// A company can add files to infra/environments/ in its checkout. The product's tests must pass
// even if those files are malformed, because check-environment.sh checks them.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { copyCheckout, failingTests } from "./copied-checkout.ts";

jest.setTimeout(900_000);

const values = {
  "acme/main.bicepparam":
    "using   '../../main.bicep'\nparam environmentName='live'\nparam scale = { alwaysReady: 9 }\n\n\n",
  "acme/main.snapshot.json": "{}",
  "acme/bootstrap.bicepparam": "using '../../bootstrap/none.bicep'",
  "acme/okta.json": '{"org":',
  "acme/pipeline.json": '{"stage":"production"}',
  "acme/accepted.json": '{"guard-on":"because"}',
  "acme/notes.md": "See [this](../none.md#nowhere).\nnpm run nothing",
  "front/front.bicepparam": "using '../../front.bicep'\nparam hostName = 'otp.acme.test'\n",
  "azure-pipelines.yml": "trigger:   [ '*' ]\n",
};

let folder: string;
beforeAll(() => {
  folder = copyCheckout();
  for (const [file, text] of Object.entries(values)) {
    const path = join(folder, "infra/environments", file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it("tests of infra/, documents and scripts pass in a checkout with a company's files", () => {
  const tests = [
    "architecture",
    "documents",
    "infra",
    "scripts/(snapshot|expand|shellcheck)",
    "tools/okta/wanted-state",
  ];
  expect(failingTests(folder, `test/(${tests.join("|")})`)).toEqual([]);
});

it("prettier --check accepts infra/ with a company's files", () => {
  const { status, stdout, stderr } = spawnSync("node_modules/.bin/prettier", ["--check", "infra"], {
    cwd: folder,
  });
  expect([status, String(stderr), String(stdout)]).toEqual([
    0,
    "",
    expect.stringContaining("All matched files"),
  ]);
});
