import { join } from "node:path";
import { startAzure, type FakeAzure } from "../sandbox/azure.ts";
import { start8x8, type Sandbox8x8 } from "../sandbox/8x8.ts";
import { lineOf } from "../src/telemetry/console-events.ts";
import { startApp } from "./app.ts";
import type { Report } from "./host/observer.ts";
import { createPhone, type Phone } from "./phone.ts";
import { assertDevelopment } from "./start/development.ts";
import { startFuncHost, type Host } from "./start/func-host.ts";
import { startLocalOrg } from "./start/okta-org.ts";
import { claimPort } from "./start/ports.ts";
import { readSecrets, settingsInAzure, type Secrets } from "./start/secrets.ts";
import { help, readUsage, type Usage } from "./start/usage.ts";
import { exampleVoices } from "./start/voices.ts";
import { failing, frame, welcome } from "./start/welcome.ts";

const { env } = process;

async function serve({ host, port, sandboxPort, oktaPort, fault, azure: asInAzure }: Usage): Promise<void> {
  assertDevelopment(env);
  await claimPort(sandboxPort, "--sandbox-port");
  if (host !== "none") await claimPort(oktaPort, "--okta-port");
  const free = await claimPort(port, "--port");
  const secrets = readSecrets(env);
  const phone = createPhone(join(import.meta.dirname, ".."));
  const sandbox = await start8x8({
    ...phone.sandboxOptions,
    apiKey: secrets.EIGHT_BY_EIGHT_API_KEY,
    port: Number(sandboxPort),
    onMessage: (message, request) => {
      console.log(frame(message));
      phone.sandboxOptions.onMessage(message, request);
    },
  });
  const azure = asInAzure ? await startAzure() : undefined;
  phone.attach(sandbox, azure);
  if (fault !== undefined) sandbox.fail(fault);
  const stopped = new Promise<"stopped">((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.on(signal, () => {
        resolve("stopped");
      });
  });
  const started = await startHost(host, host === "func" ? free : port, { secrets, phone, sandbox, azure });
  if (started === undefined)
    console.log(`The sandbox: ${sandbox.url}\nThe phone:   ${sandbox.url}/\n\n${failing(sandbox.url)}`);
  const org = host === "none" ? undefined : await startLocalOrg(oktaPort, azure);
  if (org !== undefined) console.log(org.words);
  const end = await Promise.race([stopped, ...(started ? [started.ended] : [])]);
  await started?.stop();
  await Promise.all([sandbox.close(), azure?.close(), org?.close()]);
  if (end !== "stopped") throw new Error("The host has ended.");
}

const voiceOff = { EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: "", EIGHT_BY_EIGHT_VOICE_SOURCE: "" };

interface Around {
  readonly secrets: Secrets;
  readonly phone: Phone;
  readonly sandbox: Sandbox8x8;
  readonly azure: FakeAzure | undefined;
}

async function startHost(host: Usage["host"], port: string, around: Around): Promise<Host | undefined> {
  if (host === "none") return undefined;
  const { secrets, phone, sandbox, azure } = around;
  const authHeader = env["OKTA_AUTH_HEADER"] || "authorization";
  const settings = {
    ...inherited(),
    ...sandbox.env,
    // The sandbox has a number that calls. Empty in the shell: it has none.
    ...(env["EIGHT_BY_EIGHT_VOICE_SUBACCOUNT"] === "" && voiceOff),
    ...secrets,
    OKTA_AUTH_HEADER: authHeader,
    EIGHT_BY_EIGHT_VOICE_PROFILES: env["EIGHT_BY_EIGHT_VOICE_PROFILES"] || JSON.stringify(exampleVoices),
    ...(azure && settingsInAzure(azure, secrets, env)),
  };
  const report = (told: Report): void => {
    phone.report(told);
    // On a laptop the app prints its events itself.
    if (azure !== undefined && told.kind === "event") console.log(lineOf(told));
  };
  const started = host === "func" ? await startFuncHost(settings, port) : await startLocalHost(settings, port, report);
  sandbox.sendReceiptsTo(`${started.url}/api/8x8/receipts`, `Bearer ${secrets.RECEIPT_SECRET}`);
  const url = `${started.url}/api/okta/telephony`;
  phone.serves({
    ...{ url, authHeader, secret: secrets.OKTA_HOOK_SECRET, settings, observed: host === "local" },
    eventsUrl: `${started.url}/api/okta/events`,
    eventSecret: secrets.OKTA_EVENT_SECRET,
    healthUrl: `${started.url}/api/health`,
  });
  console.log(welcome(url, sandbox.url, secrets.OKTA_HOOK_SECRET, authHeader));
  return started;
}

function startLocalHost(
  settings: Record<string, string>,
  port: string,
  onReport: (report: Report) => void,
): Promise<Host> {
  return startApp(
    { ...settings, AZURE_FUNCTIONS_ENVIRONMENT: "Development" },
    { args: ["--port", port], onOutput: (text) => process.stdout.write(text), onReport },
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
