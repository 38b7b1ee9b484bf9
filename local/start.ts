import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { knownFaults, parseFault, start8x8 } from "../sandbox/8x8.ts";
import { startApp } from "./app.ts";
import { startFuncHost, type Host } from "./start/func-host.ts";
import { failing, frame, welcome } from "./start/welcome.ts";

const help = `Serves the built bundle on this machine, against a sandbox that stands in for 8x8.

  npm start -- [--port 7071] [--sandbox-port 7072] [--fault FAULT] [--host local|func|none]

--host local is a small host that needs nothing installed, func is Azure Functions Core Tools, none is the sandbox alone,
with the key in EIGHT_BY_EIGHT_API_KEY. A port of 0 is any free one.
Faults: ${knownFaults.join(", ")}.`;

function readUsage() {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "7071" },
      "sandbox-port": { type: "string", default: "7072" },
      fault: { type: "string" },
      host: { type: "string", default: "local" },
      help: { type: "boolean", default: false },
    },
  });
  const fault = parseFault({ fault: values.fault });
  if (values.fault !== undefined && fault === undefined)
    throw new Error(`There is no fault "${values.fault}". Those there are: ${knownFaults.join(", ")}.`);
  for (const port of [values.port, values["sandbox-port"]])
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new Error(`"${port}" is no port.`);
  if (!["local", "func", "none"].includes(values.host)) throw new Error("--host is local, func or none.");
  if (values.host === "none" && !process.env["EIGHT_BY_EIGHT_API_KEY"])
    throw new Error("--host none takes the key from EIGHT_BY_EIGHT_API_KEY, which is not set.");
  if (!existsSync("dist/main.cjs") && values.host !== "none")
    throw new Error("There is no bundle in dist/: npm run build makes it.");
  return { ...values, fault };
}

type Usage = ReturnType<typeof readUsage>;

async function serve(usage: Usage): Promise<void> {
  const apiKey = process.env["EIGHT_BY_EIGHT_API_KEY"] ?? randomBytes(16).toString("hex");
  const sandbox = await start8x8({
    apiKey,
    smsSubAccount: "local_sms",
    voiceSubAccount: "local_voice",
    port: Number(usage["sandbox-port"]),
    onMessage: (message) => {
      console.log(frame(message));
    },
  });
  if (usage.fault !== undefined) sandbox.fail(usage.fault);
  const stopped = new Promise<"stopped">((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.on(signal, () => {
        resolve("stopped");
      });
  });
  const host = usage.host === "none" ? undefined : await startHost(usage, apiKey, sandbox.url);
  if (host === undefined) console.log(`The sandbox: ${sandbox.url}\n\n${failing(sandbox.url)}`);
  const end = await Promise.race([stopped, ...(host ? [host.ended] : [])]);
  await host?.stop();
  await sandbox.close();
  if (end !== "stopped") throw new Error("The host has ended.");
}

async function startHost({ host, port }: Usage, apiKey: string, sandboxUrl: string): Promise<Host> {
  const secret = process.env["OKTA_HOOK_SECRET"] ?? randomBytes(16).toString("hex");
  const authHeader = process.env["OKTA_AUTH_HEADER"] ?? "authorization";
  const env = {
    ...environment(),
    AZURE_FUNCTIONS_ENVIRONMENT: "Development",
    OKTA_HOOK_SECRET: secret,
    OKTA_AUTH_HEADER: authHeader,
    EIGHT_BY_EIGHT_API_KEY: apiKey,
    EIGHT_BY_EIGHT_SMS_URL: sandboxUrl,
    EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "local_sms",
    EIGHT_BY_EIGHT_VOICE_URL: sandboxUrl,
    EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: "local_voice",
    EIGHT_BY_EIGHT_VOICE_SOURCE: "+6588000000",
  };
  const onOutput = (text: string): boolean => process.stdout.write(text);
  const started =
    host === "func" ? await startFuncHost(env, port) : await startApp(env, { args: ["--port", port], onOutput });
  console.log(welcome(`${started.url}/api/okta/telephony`, sandboxUrl, secret, authHeader));
  return started;
}

/** All of this process's but the vault: here the secrets are in the environment. */
function environment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(([name]) => name !== "KEY_VAULT_URL");
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

try {
  if (process.argv.includes("--help")) console.log(help);
  else await serve(readUsage());
} catch (error) {
  const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  console.error(taken ? "The sandbox's port is taken. Give another with --sandbox-port." : String(error));
  process.exit(1);
}
