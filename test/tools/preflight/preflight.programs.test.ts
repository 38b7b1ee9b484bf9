import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { findCompiler } from "../../infra/bicep.ts";
import { hasCompiler } from "../../infra/compiler.ts";
import { root } from "../../infra/snapshot.ts";

const programs = mkdtempSync(join(tmpdir(), "preflight-"));
afterAll(() => {
  rmSync(programs, { recursive: true });
});

function preflight(env: Readonly<Record<string, string>>, ...more: readonly string[]) {
  // Without resources, Azure answers each question about one with this error.
  const az = `#!/usr/bin/env bash
case "$*" in
  "account show "*) echo '"3fa85f64-5717-4562-b3fc-2c963f66afa6"' ;;
  "functionapp "*) echo '[{"name": "North Europe"}]' ;;
  rest*) echo "ERROR: (ResourceGroupNotFound)" >&2 && exit 3 ;;
  *) echo "ERROR: (AuthorizationFailed)" >&2 && exit 1 ;;
esac
`;
  writeFileSync(join(programs, "az"), az, { mode: 0o755 });
  const folder = join(root, "infra/environments/examples/small");
  const program = join(root, "tools/command.js");
  return spawnSync("node", [program, "preflight", folder, "rg-otp", "westeurope", ...more], {
    encoding: "utf8",
    env: {
      ...process.env,
      PATH: `${programs}${delimiter}${process.env["PATH"] ?? ""}`,
      BICEP: findCompiler(),
      PLACEHOLDERS: "allowed",
      ...env,
    },
  });
}

(!hasCompiler ? describe.skip : describe)("the command preflight", () => {
  it("preflight compiles the values for the subscription, and asks only about the group by default", () => {
    const { status, stdout, stderr } = preflight({});
    expect([status, stdout, stderr]).toEqual([0, "template\n", ""]);
  });

  it("with the word subscription, preflight prints each problem and exits with 1", () => {
    const { status, stdout, stderr } = preflight({}, "subscription");
    expect([status, stdout]).toEqual([1, "template\n"]);
    expect(stderr).toBe(
      "problem   Azure does not offer Flex Consumption in westeurope. Set location to one of: northeurope\n",
    );
  });

  it("preflight prints why the template refuses the values", () => {
    const { status, stderr } = preflight({ PLACEHOLDERS: "refused" });
    expect(status).toBe(1);
    expect(stderr).toContain("Set hookSettings.EIGHT_BY_EIGHT_SMS_SUBACCOUNT to ");
  });
});
