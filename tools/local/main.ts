import { randomUUID } from "node:crypto";
import { startAzure } from "../sandbox/azure.ts";
import { start8x8 } from "../sandbox/8x8.ts";
import { startSecondHook } from "../sandbox/second-hook.ts";
import { refuseUnknownNames } from "../environment-names.ts";
import { keepRunningApp } from "../running-app.ts";
import { print, printError } from "../terminal.ts";
import { answerHelp } from "../usage.ts";
import { createPhone, type Phone } from "./phone.ts";
import { startHost } from "./start/app-host.ts";
import { appSettings, sandboxSettings } from "./start/app-settings.ts";
import { watchCode } from "./start/code-watch.ts";
import { explain } from "./start/explained.ts";
import { startGateway } from "./start/gateway.ts";
import { writeOktaState } from "./start/laptop.ts";
import { addLocalSettings } from "./start/local-settings.ts";
import { startLocalOrg } from "./start/okta-org.ts";
import { assertFree, claimPort } from "./start/ports.ts";
import { startRealHosts } from "./start/real-8x8.ts";
import { readSecrets } from "./start/secrets.ts";
import { help, readUsage, type Usage } from "./start/usage.ts";
import {
  frame,
  misconfiguredWelcome,
  publicWelcome,
  sandboxWelcome,
  verboseWords,
  welcome,
} from "./start/welcome.ts";
import { commandLine } from "../command-line.ts";

const { env } = process;
const args = process.argv.slice(2);
/** Ctrl-C aborts this controller and ends func. After Ctrl-C, the end of func is not an error. */
const stop = new AbortController();

async function serve(usage: Usage): Promise<void> {
  const { host, port, sandboxPort, oktaPort, open, only } = usage;
  addLocalSettings(env, only.length > 0);
  const beside = open === undefined ? ["--okta-port", oktaPort] : ["--public-port", open.port];
  await assertFree([
    ["--sandbox-port", sandboxPort],
    ...(host === "none" ? [] : [["--port", port] as const, beside as [string, string]]),
  ]);
  if (open !== undefined) writeOktaState(open);
  const real = only.length > 0 ? await startRealHosts(env, only) : undefined;
  const secrets = readSecrets(env);
  const phone = createPhone();
  const sandbox = await start8x8({
    ...phone.sandboxOptions,
    apiKey: secrets.EIGHT_BY_EIGHT_API_KEY,
    port: Number(sandboxPort),
    onMessage: (message, request) => {
      print(frame(message));
      phone.sandboxOptions.onMessage(message, request);
    },
  });
  const secondHook = await startSecondHook({
    ...phone.secondHookOptions,
    secret: randomUUID(),
    onMessage: (message, request) => {
      print(frame(message, "the second hook"));
      phone.secondHookOptions.onMessage(message, request);
    },
  });
  const azure = usage.azure ? await startAzure() : undefined;
  phone.attach(sandbox, secondHook, azure);
  const stopped = new Promise<void>((resolve) => {
    // A closed terminal sends SIGHUP.
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
      process.on(signal, () => {
        stop.abort();
        resolve();
      });
  });
  const parts = { secrets, phone, sandbox, azure, secondHook, withSecondHook: usage.secondHook };
  const eightByEight = real?.env ?? sandboxSettings(env, sandbox.env);
  const settings = appSettings(env, eightByEight, secrets, azure);
  const started =
    host === "none"
      ? undefined
      : await startHost(
          host,
          host === "func" ? await claimPort(port, "--port") : port,
          settings,
          parts,
        );
  const stopWatching = started && watchCode((isBuilt) => showBuild(isBuilt, started, phone));
  const header = settings["OKTA_AUTH_HEADER"] ?? "";
  const app = started && {
    url: started.url,
    sandboxUrl: sandbox.url,
    header,
    hookSecret: secrets.OKTA_HOOK_SECRET,
    eventSecret: secrets.OKTA_EVENT_SECRET,
  };
  const forget = app && keepRunningApp(app);
  const gateway = open && app && (await startGateway(open.port, app.url, header));
  // If a real org calls the app, do not start the simulated org, because the key of the simulated
  // org would replace the real org's key.
  const org =
    app === undefined || open !== undefined
      ? undefined
      : await startLocalOrg({
          port: oktaPort,
          azure,
          appUrl: app.url,
          authHeader: header,
          other: usage.secondHook ? secondHook.url : undefined,
        });
  const explained = explain(sandbox.url, app, org, azure !== undefined);
  phone.explains(explained);
  if (app === undefined) print(sandboxWelcome(sandbox.url));
  else if (started?.isMisconfigured) print(misconfiguredWelcome(app));
  else if (open !== undefined) print(publicWelcome(app, open.url));
  else print(welcome(app, azure && org));
  print(
    `Press Ctrl-C to stop. For more commands, open Settings on the page or run: ${commandLine("start", "--verbose")}`,
  );
  if (usage.verbose) print(verboseWords(app, explained));
  await Promise.race([stopped, started?.ended ?? stopped]);
  forget?.();
  stopWatching?.();
  await started?.stop();
  for (const one of [sandbox, secondHook, azure, org, gateway, real]) await one?.close();
  if (!stop.signal.aborted) throw new Error("The app's host has ended. The cause is above.");
}

async function showBuild(
  isBuilt: boolean,
  { restart }: { readonly restart: () => Promise<void> },
  phone: Phone,
): Promise<void> {
  if (isBuilt) await restart();
  const line = isBuilt
    ? "The code has changed, and the app has started again."
    : "Warning: The changed code does not build, so the app still runs the older code.";
  print(line);
  phone.printed(line);
}

try {
  answerHelp(help);
  refuseUnknownNames(env);
  await serve(readUsage(args, env));
} catch (error) {
  if (stop.signal.aborted) process.exit(0);
  const words = error instanceof Error ? error.message : String(error);
  printError(`Error: ${words}\nTo see all options, run: ${commandLine("start", "--help")}`);
  process.exit(1);
}
