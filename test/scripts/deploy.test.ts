import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { option, runScript } from "./run-script.ts";

const env = { RESOURCE_GROUP: "rg-example", SMOKE_PAUSE: "0" };
const outputs = [
  { call: "az deployment group show *functionAppName*", says: "func-example\\n" },
  { call: "az deployment group show *healthUrl*", says: "https://func.example/api/health\\n" },
  { call: "az deployment group show *hookUrl*", says: "https://func.example/api/okta/telephony\\n" },
  { call: "az functionapp function list *", says: "func-example/telephony-hook\\nfunc-example/health\\n" },
];

it("deploys the infrastructure of one environment into its resource group", () => {
  const { status, calls } = runScript("deploy-infra.sh", ["prod"], { env });
  expect(status).toBe(0);
  expect(calls[0]?.slice(0, 4)).toEqual(["az", "deployment", "group", "create"]);
  expect(option(calls[0], "--resource-group")).toBe("rg-example");
  expect(option(calls[0], "--parameters")).toBe("infra/main.prod.bicepparam");
});

it("previews without the right to write, and calls nothing that writes", () => {
  const { status, calls } = runScript("preview-infra.sh", ["dev"], { env });
  expect(status).toBe(0);
  expect(calls.map((call) => call.slice(0, 4))).toEqual([["az", "deployment", "group", "what-if"]]);
  expect(option(calls[0], "--validation-level")).toBe("ProviderNoRbac");
});

it("deploys the package that was built, and builds nothing in Azure", () => {
  const cwd = mkdtempSync(join(tmpdir(), "package-"));
  writeFileSync(join(cwd, "okta-8x8-telephony.zip"), "");
  const { status, calls } = runScript("deploy-code.sh", [], { env, answers: outputs, cwd });
  rmSync(cwd, { recursive: true });
  expect(status).toBe(0);
  expect(calls.at(-1)?.slice(0, 5)).toEqual(["az", "functionapp", "deployment", "source", "config-zip"]);
  expect(option(calls.at(-1), "--name")).toBe("func-example");
  expect(option(calls.at(-1), "--src")).toBe("okta-8x8-telephony.zip");
  expect(option(calls.at(-1), "--build-remote")).toBe("false");
});

describe("the smoke test", () => {
  it("wants both functions, a healthy app, and the hook's answer to a wrong secret", () => {
    const { status, calls } = runScript("smoke.sh", [], { env, answers: outputs });
    expect(status).toBe(0);
    const [first, ...later] = calls.filter(([program]) => program === "curl");
    expect(first).toEqual(expect.arrayContaining(["--fail", "--retry-all-errors", "https://func.example/api/health"]));
    expect([option(first, "--retry"), option(first, "--retry-delay")]).toEqual(["30", "10"]);
    // Four minutes without a retry, in which a rolling update reaches its last instance.
    expect(later).toHaveLength(24);
    for (const call of later) {
      expect(call).toEqual(expect.arrayContaining(["--fail", "https://func.example/api/health"]));
      expect(call).not.toContain("--retry");
    }
    expect(calls.findLastIndex(([program]) => program === "curl")).toBeLessThan(
      calls.findIndex((call) => call[1] === "functionapp"),
    );
    const hook = calls.find(([program]) => program === "npm");
    expect(option(hook, "--url")).toBe("https://func.example/api/okta/telephony");
    expect(option(hook, "--expect")).toBe("unauthenticated");
  });

  it("waits ten seconds between its looks", () => {
    const look = { ...env, SMOKE_CHECKS: "1", SMOKE_PAUSE: "" };
    const { calls } = runScript("smoke.sh", [], { env: look, answers: outputs });
    expect(calls.filter(([program]) => program === "sleep")).toEqual([["sleep", "10"]]);
  });

  it("fails where an instance that comes later is not healthy", () => {
    const later = {
      call: "curl --silent --show-error --fail --output /dev/null --max-time 10 https:*",
      fails: Infinity,
    };
    const { status, calls } = runScript("smoke.sh", [], { env, answers: [later, ...outputs] });
    expect([status, calls.filter(([program]) => program === "curl").length]).toEqual([1, 2]);
  });

  it("fails where a package loaded no function", () => {
    const answers = [{ call: "az functionapp function list *", says: "func-example/health\\n" }, ...outputs];
    const { status, output } = runScript("smoke.sh", [], { env, answers });
    expect([status, output]).toEqual([1, "func-example does not list telephony-hook.\n"]);
  });

  it.each(["curl *", "npm *"])("fails where %s does", (call) => {
    expect(runScript("smoke.sh", [], { env, answers: [{ call, fails: Infinity }, ...outputs] }).status).toBe(1);
  });
});

it("bootstraps one environment at subscription scope, with the providers that it needs", () => {
  const { status, calls } = runScript("bootstrap.sh", ["dev"]);
  expect(status).toBe(0);
  const providers = calls.filter((call) => call[1] === "provider").map((call) => option(call, "--namespace"));
  expect(providers).toEqual(expect.arrayContaining(["Microsoft.App", "Microsoft.Web", "Microsoft.KeyVault"]));
  expect(calls.at(-1)?.slice(0, 4)).toEqual(["az", "deployment", "sub", "create"]);
  const parameters = readFileSync(join(__dirname, "../../infra/bootstrap/main.dev.bicepparam"), "utf8");
  expect(parameters).toContain(`\nparam location = '${option(calls.at(-1), "--location")}'\n`);
  expect(option(calls.at(-1), "--parameters")).toBe("infra/bootstrap/main.dev.bicepparam");
});
