import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { startAzure } from "../sandbox/azure.ts";
import { start8x8 } from "../sandbox/8x8.ts";
import { startSecondHook } from "../sandbox/second-hook.ts";
import { createPhone } from "./phone.ts";
import { keepRunningApp } from "../running-app.ts";
import { startHost } from "./start/app-host.ts";
import { assertDevelopment } from "./start/development.ts";
import { exampleSettings } from "./start/example-settings.ts";
import { explainApp, explainOrg, explainSandbox, hookCommand } from "./start/explained.ts";
import { startGateway } from "./start/gateway.ts";
import { writeOktaState } from "./start/laptop.ts";
import { startLocalOrg } from "./start/okta-org.ts";
import { readLocalSettings } from "./start/local-settings.ts";
import { assertFree, claimPort } from "./start/ports.ts";
import { startRealHosts } from "./start/real-8x8.ts";
import { readSecrets } from "./start/secrets.ts";
import { commandOf, helpFor, readUsage, type Usage } from "./start/usage.ts";
import {
  frame,
  misconfiguredWelcome,
  publicWelcome,
  sandboxWelcome,
  verboseWords,
  welcome,
} from "./start/welcome.ts";
import { print, printError } from "../terminal.ts";
import { answerHelp } from "../usage.ts";
import { refuseUnknownNames } from "../environment-names.ts";

const { env } = process;
/** Set by Ctrl-C, which also ends func. */
const stop = new AbortController();

async function serve(usage: Usage): Promise<void> {
  const { host, port, sandboxPort, oktaPort, fault, azure: asInAzure, open, only, verbose } = usage;
  assertDevelopment(env);
  const local = readLocalSettings(only.length > 0);
  for (const [name, value] of Object.entries(local)) env[name] ??= value;
  if (Object.keys(local).length > 0)
    print(
      "Settings also come from local.settings.json, except secrets, URLs and the connection string.",
    );
  await assertFree([
    ...(host === "none" ? [] : [["--port", port] as const, ["--okta-port", oktaPort] as const]),
    ["--sandbox-port", sandboxPort],
    ...(open === undefined ? [] : [["--public-port", open.port] as const]),
  ]);
  const free = host === "none" ? port : await claimPort(port, "--port");
  if (open !== undefined) writeOktaState(open);
  const real = only.length > 0 ? await startRealHosts(env, only) : undefined;
  const secrets = readSecrets(env);
  const phone = createPhone(join(import.meta.dirname, "../.."));
  const sandbox = await start8x8({
    ...phone.sandboxOptions,
    apiKey: secrets.EIGHT_BY_EIGHT_API_KEY,
    port: Number(sandboxPort),
    onMessage: (message, request) => {
      print(frame(message));
      phone.sandboxOptions.onMessage(message, request);
    },
  });
  const second = await startSecondHook({
    ...phone.secondHookOptions,
    secret: randomUUID(),
    onMessage: (message, request) => {
      print(frame(message, "the second hook"));
      phone.secondHookOptions.onMessage(message, request);
    },
  });
  const azure = asInAzure ? await startAzure() : undefined;
  phone.attach(sandbox, azure);
  if (fault !== undefined) sandbox.fail("any", fault);
  const stopped = new Promise<"stopped">((resolve) => {
    // A closed terminal sends SIGHUP.
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
      process.on(signal, () => {
        stop.abort();
        resolve("stopped");
      });
  });
  const authHeader = env["OKTA_AUTH_HEADER"] || "authorization";
  const started = await startHost(host, host === "func" ? free : port, {
    secrets,
    phone,
    sandbox,
    azure,
    authHeader,
    secondHook: second,
    withSecondHook: usage.secondHook,
    eightByEight: real?.env ?? { ...exampleSettings(env), ...sandbox.env },
  });
  const gateway = open && started && (await startGateway(open.port, started.url, authHeader));
  const app = started && {
    url: started.url,
    sandboxUrl: sandbox.url,
    header: authHeader,
    hookSecret: secrets.OKTA_HOOK_SECRET,
    eventSecret: secrets.OKTA_EVENT_SECRET,
  };
  const forget = app && keepRunningApp(app);
  // Do not start the simulated org beside a real org: its key would replace the real org's key.
  const org =
    app === undefined || open !== undefined
      ? undefined
      : await startLocalOrg({
          port: oktaPort,
          azure,
          accountId: sandbox.accountId,
          appUrl: app.url,
          authHeader,
          other: usage.secondHook ? second.url : undefined,
        });
  const explained = [
    ...(app ? explainApp(app.url) : []),
    ...explainSandbox(sandbox.url),
    ...(org ? explainOrg(org, asInAzure) : []),
  ];
  phone.explains(explained);
  const more = `${commandOf(args)} -- --verbose`;
  if (app === undefined) print(sandboxWelcome(sandbox.url, more));
  else if (started?.isMisconfigured) print(misconfiguredWelcome(app, commandOf(args)));
  else if (open !== undefined) print(publicWelcome(app, open.url, more));
  else print(welcome(app, asInAzure ? org : undefined, hookCommand(app.url), more));
  if (verbose) print(verboseWords(app, explained));
  const end = await Promise.race([stopped, ...(started ? [started.ended] : [])]);
  forget?.();
  await started?.stop();
  await Promise.all([
    sandbox.close(),
    second.close(),
    azure?.close(),
    org?.close(),
    gateway?.close(),
    real?.close(),
  ]);
  if (end !== "stopped") throw new Error("The app's host has ended. The cause is above.");
}

const args = process.argv.slice(2);
try {
  answerHelp(helpFor(args));
  refuseUnknownNames(env);
  await serve(readUsage(args, env));
} catch (error) {
  if (stop.signal.aborted) process.exit(0);
  const words = error instanceof Error ? error.message : String(error);
  printError(`Error: ${words}\nTo see all options, run: ${commandOf(args)} -- --help`);
  process.exit(1);
}
