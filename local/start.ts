import { randomBytes } from "node:crypto";
import { start8x8, type Sandbox8x8 } from "../sandbox/8x8.ts";
import { startApp } from "./app.ts";
import { startFuncHost, type Host } from "./start/func-host.ts";
import { claimPort } from "./start/ports.ts";
import { help, readUsage, type Usage } from "./start/usage.ts";
import { exampleVoices } from "./start/voices.ts";
import { failing, frame, welcome } from "./start/welcome.ts";

const random = (): string => randomBytes(16).toString("hex");
const { env } = process;

async function serve({ host, port, sandboxPort, fault }: Usage): Promise<void> {
  await claimPort(sandboxPort, "--sandbox-port");
  const free = await claimPort(port, "--port");
  const sandbox = await start8x8({
    apiKey: env["EIGHT_BY_EIGHT_API_KEY"] || random(),
    port: Number(sandboxPort),
    onMessage: (message) => {
      console.log(frame(message));
    },
  });
  if (fault !== undefined) sandbox.fail(fault);
  const stopped = new Promise<"stopped">((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.on(signal, () => {
        resolve("stopped");
      });
  });
  const started = await startHost(host, host === "func" ? free : port, sandbox);
  if (started === undefined) console.log(`The sandbox: ${sandbox.url}\n\n${failing(sandbox.url)}`);
  const end = await Promise.race([stopped, ...(started ? [started.ended] : [])]);
  await started?.stop();
  await sandbox.close();
  if (end !== "stopped") throw new Error("The host has ended.");
}

async function startHost(host: Usage["host"], port: string, sandbox: Sandbox8x8): Promise<Host | undefined> {
  if (host === "none") return undefined;
  const secret = env["OKTA_HOOK_SECRET"] || random();
  const receiptSecret = env["RECEIPT_SECRET"] || random();
  const authHeader = env["OKTA_AUTH_HEADER"] || "authorization";
  const settings = {
    ...inherited(),
    ...sandbox.env,
    OKTA_HOOK_SECRET: secret,
    OKTA_AUTH_HEADER: authHeader,
    RECEIPT_SECRET: receiptSecret,
    EIGHT_BY_EIGHT_VOICE_PROFILES: env["EIGHT_BY_EIGHT_VOICE_PROFILES"] || JSON.stringify(exampleVoices),
  };
  const started = host === "func" ? await startFuncHost(settings, port) : await startLocalHost(settings, port);
  sandbox.sendReceiptsTo(`${started.url}/api/8x8/receipts`, `Bearer ${receiptSecret}`);
  console.log(welcome(`${started.url}/api/okta/telephony`, sandbox.url, secret, authHeader));
  return started;
}

function startLocalHost(settings: Record<string, string>, port: string): Promise<Host> {
  return startApp(
    { ...settings, AZURE_FUNCTIONS_ENVIRONMENT: "Development" },
    { args: ["--port", port], onOutput: (text) => process.stdout.write(text) },
  );
}

/** This process's environment, but for what would make another place of this laptop. func says itself where it is. */
function inherited(): Record<string, string> {
  const elsewhere = ["KEY_VAULT_URL", "AZURE_FUNCTIONS_ENVIRONMENT"];
  const entries = Object.entries(env).filter(([name]) => !elsewhere.includes(name));
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

try {
  if (process.argv.includes("--help")) console.log(help);
  else await serve(readUsage());
} catch (error) {
  console.error(`Error: ${error instanceof Error ? error.message : String(error)}\nnpm start -- --help says more.`);
  process.exit(1);
}
