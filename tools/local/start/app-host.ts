import type { FakeAzure } from "../../sandbox/azure.ts";
import type { Sandbox8x8 } from "../../sandbox/8x8.ts";
import type { SecondHook } from "../../sandbox/second-hook.ts";
import { secretList } from "../../../src/settings/secret-list.ts";
import { loadSettings } from "../../../src/settings/settings.ts";
import { startApp } from "../app.ts";
import { lineOf, timed, wrongPathLine } from "../event-line.ts";
import type { Report } from "../host/observer.ts";
import type { Phone } from "../phone.ts";
import type { Change } from "../phone/phone-app.ts";
import { Refusal } from "../phone/serve-own.ts";
import { createLinePrinter, print } from "../../terminal.ts";
import { deployTo } from "./app-settings.ts";
import { startFuncHost, type Host } from "./func-host.ts";
import { blanksFor } from "./local-settings.ts";
import { hookSecretNow, type Secrets } from "./secrets.ts";

/** The parts that `start` connects to the app. */
export interface Around {
  readonly secrets: Secrets;
  readonly phone: Phone;
  readonly sandbox: Sandbox8x8;
  readonly azure: FakeAzure | undefined;
  readonly secondHook: SecondHook;
  readonly withSecondHook: boolean;
}

export async function startHost(
  host: "local" | "func",
  port: string,
  settings: Readonly<Record<string, string>>,
  { secrets, phone, sandbox, azure, secondHook, withSecondHook }: Around,
): Promise<Host & { readonly isMisconfigured: boolean; readonly restart: () => Promise<void> }> {
  let on = withSecondHook;
  let tried: Readonly<Record<string, string>> = {};
  const settingsWith = (isOn: boolean, set: Readonly<Record<string, string>>) => {
    return { ...settings, ...(isOn && secondHookSettings(secondHook, azure)), ...set };
  };
  const settingsNow = () => settingsWith(on, tried);
  const report = (received: Report): void => {
    phone.report(received);
    if (received.kind === "event")
      print(timed(lineOf(received, phone.numberOf(received.properties["providerId"]))));
    if (received.kind === "wrong-path") print(timed(wrongPathLine(received)));
  };
  const onLine = (line: string): void => {
    print(line);
    phone.printed(line);
  };
  // A restart uses the port of the first start, even if `port` is 0.
  let at = port;
  const start = async (): Promise<Host> => {
    const now = settingsNow();
    if (azure) deployTo(azure, now);
    const next = await (host === "func"
      ? startFuncHost({ ...now, ...blanksFor(now) }, at)
      : startApp(
          { ...now, AZURE_FUNCTIONS_ENVIRONMENT: "Development" },
          { port: at, onOutput: createLinePrinter(onLine), onReport: report },
        ));
    at = new URL(next.url).port;
    return next;
  };
  let running = start();
  const { url } = await running;
  sandbox.sendReceiptsTo(`${url}/api/8x8/receipts`, `Bearer ${secrets.RECEIPT_SECRET}`);
  const serve = (): void => {
    phone.serves({
      url: `${url}/api/okta/telephony`,
      authHeader: settings["OKTA_AUTH_HEADER"] ?? "",
      secret: () => hookSecretNow(azure, secrets),
      settings: settingsNow(),
      observed: host === "local",
      eventsUrl: `${url}/api/okta/events`,
      eventSecret: secrets.OKTA_EVENT_SECRET,
      tried,
      restart,
    });
  };
  async function restart({ secondHook: isOn = on, settings: set = {} }: Change): Promise<void> {
    const next = { ...tried, ...set };
    refuseProblems(problemsOf(settingsWith(isOn, next)), problemsOf(settingsNow()));
    [on, tried] = [isOn, next];
    running = running.then(async (before) => {
      await before.stop();
      phone.restarts();
      return start();
    });
    await running;
    serve();
  }
  serve();
  /** Waits for the end of the app. After a restart, waits for the end of the new process. */
  const untilEnd = async (): Promise<void> => {
    const waitedFor = running;
    await (
      await waitedFor
    ).ended;
    if (waitedFor !== running) await untilEnd();
  };
  return {
    url,
    restart: () => restart({}),
    ended: untilEnd(),
    stop: async () => (await running).stop(),
    isMisconfigured: problemsOf(settingsNow()).length > 0,
  };
}

const problemsOf = (settings: Readonly<Record<string, string>>): readonly string[] =>
  loadSettings({ ...settings, AZURE_FUNCTIONS_ENVIRONMENT: "Development" }).problems.map(
    ({ name, problem }) => `Setting ${name} ${problem}.`,
  );

/** Throws a Refusal that names the problems that the change would cause. */
function refuseProblems(after: readonly string[], before: readonly string[]): void {
  const caused = after.filter((problem) => !before.includes(problem));
  if (caused.length > 0) throw new Refusal(400, caused.join("\n"));
}

/** With `--azure`, stores the second hook's secret in the vault. */
function secondHookSettings(
  { env: standIn }: SecondHook,
  azure: FakeAzure | undefined,
): Record<string, string> {
  const { SECOND_HOOK_SECRET: secret = "" } = standIn;
  azure?.vault.set(secretList.secondSecret.name, [{ value: secret }]);
  const onResend = process.env["SECOND_HOOK_ON_RESEND"] || "other";
  return { SECOND_HOOK_ON_RESEND: onResend, ...standIn, ...(azure && { SECOND_HOOK_SECRET: "" }) };
}
