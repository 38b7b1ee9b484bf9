import { join } from "node:path";
import { startAzure } from "../sandbox/azure.ts";
import { start8x8 } from "../sandbox/8x8.ts";
import { createPhone } from "./phone.ts";
import { startHost } from "./start/app-host.ts";
import { assertDevelopment } from "./start/development.ts";
import { exampleSettings } from "./start/example-settings.ts";
import { startGateway } from "./start/gateway.ts";
import { publicWords, writeOktaState } from "./start/laptop.ts";
import { startLocalOrg } from "./start/okta-org.ts";
import { claimPort } from "./start/ports.ts";
import { startRealHosts } from "./start/real-8x8.ts";
import { readSecrets } from "./start/secrets.ts";
import { help, readUsage, type Usage } from "./start/usage.ts";
import { failing, frame } from "./start/welcome.ts";
import { print, printError } from "./terminal.ts";
import { answerHelp } from "../scripts/usage.ts";
import { refuseUnknownNames } from "../tools/environment-names.ts";

const { env } = process;

async function serve(usage: Usage): Promise<void> {
  const { host, port, sandboxPort, oktaPort, fault, azure: asInAzure, open, only } = usage;
  assertDevelopment(env);
  await claimPort(sandboxPort, "--sandbox-port");
  if (host !== "none") await claimPort(oktaPort, "--okta-port");
  const free = host === "none" ? port : await claimPort(port, "--port");
  if (open !== undefined) {
    await claimPort(open.port, "--public-port");
    writeOktaState(open);
  }
  const real = only.length > 0 ? await startRealHosts(env, only) : undefined;
  const secrets = readSecrets(env);
  const phone = createPhone(join(import.meta.dirname, ".."));
  const sandbox = await start8x8({
    ...phone.sandboxOptions,
    apiKey: secrets.EIGHT_BY_EIGHT_API_KEY,
    port: Number(sandboxPort),
    balance: 100,
    onMessage: (message, request) => {
      print(frame(message));
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
  const started = await startHost(host, host === "func" ? free : port, {
    ...{ secrets, phone, sandbox, azure },
    eightByEight: real?.env ?? { ...exampleSettings(env), ...sandbox.env },
  });
  const gateway = open && started && (await startGateway(open.port, started.url));
  if (open && gateway) print(publicWords(open, secrets));
  if (started === undefined)
    print(`The sandbox: ${sandbox.url}\nThe phone:   ${sandbox.url}/\n\n${failing(sandbox.url)}`);
  // Beside a real one the made-up org would only confuse, and its key take the place of the real one's.
  const org = host === "none" || open ? undefined : await startLocalOrg(oktaPort, azure, sandbox.accountId);
  if (org !== undefined) print(org.words);
  print("Ctrl-C stops it all.\n");
  const end = await Promise.race([stopped, ...(started ? [started.ended] : [])]);
  await started?.stop();
  await Promise.all([sandbox.close(), azure?.close(), org?.close(), gateway?.close(), real?.close()]);
  if (end !== "stopped") throw new Error("The host has ended.");
}

try {
  answerHelp(help);
  refuseUnknownNames(env);
  await serve(readUsage(process.argv.slice(2), env));
} catch (error) {
  printError(`Error: ${error instanceof Error ? error.message : String(error)}\nnpm start -- --help says more.`);
  process.exit(1);
}
