import { execFileSync, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { printable } from "../../../tools/terminal.ts";
import { startOktaOrg, type OktaOrgOptions } from "../../../tools/sandbox/okta/management/org.ts";
import type { ServiceAppOptions } from "../../../tools/sandbox/okta/management/service-app.ts";
import { okta } from "../../../tools/okta/command.ts";
import { createVirtualTiming, type VirtualTiming } from "./virtual-timing.ts";
import { judgeCalls } from "../../okta-documents/judged-calls.ts";
import { expectAtMostOneActive } from "./hooks-in-org.ts";
import { apiToken } from "./signed-in.ts";
import type { WantedState } from "../../../tools/okta/wanted-state.ts";

const clientId = "0oa1";
const root = process.cwd();

export const scopes = [
  "okta.inlineHooks.read",
  "okta.inlineHooks.manage",
  "okta.eventHooks.read",
  "okta.eventHooks.manage",
  "okta.authenticators.read",
  "okta.customTelephonyProvider.read",
  "okta.logs.read",
];

export type Okta = Awaited<ReturnType<typeof startOkta>>;

export async function startOkta(
  hookUrl: string,
  options: Omit<OktaOrgOptions, "app"> & { readonly app?: Partial<ServiceAppOptions> } = {},
) {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const app = { clientId, publicKey: publicKey.export({ format: "jwk" }), scopes, ...options.app };
  const org = await startOktaOrg({ apiToken, ...options, app });
  const folder = mkdtempSync(join(tmpdir(), "okta-"));
  execFileSync("git", ["init", "--quiet", folder]);
  const keyFile = join(folder, "key.json");
  writeFileSync(keyFile, JSON.stringify(privateKey.export({ format: "jwk" })));
  mkdirSync(join(folder, "environments/test"), { recursive: true });
  const wanted: WantedState = {
    org: org.url,
    clientId,
    hook: { name: "8x8", url: hookUrl, auth: "secret", header: "Authorization" },
  };
  const want = (changes: Partial<WantedState>) => {
    writeFileSync(
      join(folder, "environments/test/okta.json"),
      JSON.stringify({ ...wanted, ...changes }),
    );
  };
  want({});
  const timing = createVirtualTiming();
  return {
    org,
    wanted,
    folder,
    keyFile,
    want,
    /** Time of the commands that run in this process. */
    timing,
    /** Runs the command okta. Without `env`, the command signs in as the service app. */
    async okta(args: string, run: { input?: string; env?: Record<string, string> } = {}) {
      const { input = "", env = { OKTA_PRIVATE_KEY_FILE: keyFile } } = run;
      const isOkta = Object.keys(env).every((name) => name.startsWith("OKTA_"));
      const words = args.split(" ");
      return isOkta
        ? runHere(words, input, env, folder, timing)
        : runApart(words, input, env, folder);
    },
    async stop() {
      await org.close();
      expect(judgeCalls(org.calls)).toEqual([]);
      expect(org.calls.filter(({ call }) => call.startsWith("DELETE"))).toEqual([]);
      expectAtMostOneActive(org);
      rmSync(folder, { recursive: true });
    },
  };
}

async function runHere(
  args: readonly string[],
  input: string,
  env: Record<string, string>,
  folder: string,
  timing: VirtualTiming,
) {
  let output = "";
  const print = (text: string) => (output += `${printable(text)}\n`);
  process.chdir(folder);
  // Without TRUSTED_HOSTS, the command would fail when these tests run in a pipeline.
  Object.assign(process.env, { TRUSTED_HOSTS: "func.test", ...env });
  try {
    const exitCode = await okta(args, {
      input: Readable.from([Buffer.from(input)]),
      print,
      printError: print,
      onChange: () => undefined,
      timing,
    });
    return { exitCode, output };
  } finally {
    for (const name of ["TRUSTED_HOSTS", ...Object.keys(env)])
      Reflect.deleteProperty(process.env, name);
    process.chdir(root);
  }
}

/** Node.js reads some environment variables only when it starts. */
async function runApart(
  args: readonly string[],
  input: string,
  env: Record<string, string>,
  folder: string,
) {
  const script = join(__dirname, "../../../tools/okta/main.ts");
  const child = spawn(process.execPath, [script, ...args], {
    cwd: folder,
    env: { NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"], ...env },
  });
  child.stdin.end(input);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => (output += String(chunk)));
  const [exitCode] = (await once(child, "close")) as [number];
  return { exitCode, output };
}
