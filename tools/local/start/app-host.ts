import type { FakeAzure } from "../../sandbox/azure.ts";
import type { Sandbox8x8 } from "../../sandbox/8x8.ts";
import { loadSettings } from "../../../src/settings/settings.ts";
import { startApp } from "../app.ts";
import { lineOf, timed, wrongPathLine } from "../event-line.ts";
import type { Report } from "../host/observer.ts";
import type { Phone } from "../phone.ts";
import { createLinePrinter, print } from "../../terminal.ts";
import { startFuncHost, type Host } from "./func-host.ts";
import { blanksFor } from "./local-settings.ts";
import { hookSecretNow, type Secrets } from "./secrets.ts";

/** The parts that `npm start` connects to the app. */
export interface Around {
  readonly secrets: Secrets;
  readonly phone: Phone;
  readonly sandbox: Sandbox8x8;
  readonly azure: FakeAzure | undefined;
}

/** Starts the app, and connects it to the phone page. */
export async function startHost(
  host: "local" | "func",
  port: string,
  settings: Readonly<Record<string, string>>,
  { secrets, phone, sandbox, azure }: Around,
): Promise<Host & { readonly isMisconfigured: boolean }> {
  const onReport = (report: Report): void => {
    phone.report(report);
    if (report.kind === "event")
      print(timed(lineOf(report, phone.numberOf(report.properties["providerId"]))));
    if (report.kind === "wrong-path") print(timed(wrongPathLine(report)));
  };
  const onLaptop = { ...settings, AZURE_FUNCTIONS_ENVIRONMENT: "Development" };
  const started = await (host === "func"
    ? startFuncHost({ ...settings, ...blanksFor(settings) }, port)
    : startApp(onLaptop, { port, onOutput: createLinePrinter(), onReport }));
  const { url } = started;
  sandbox.sendReceiptsTo(`${url}/api/8x8/receipts`, `Bearer ${secrets.RECEIPT_SECRET}`);
  phone.serves({
    url: `${url}/api/okta/telephony`,
    authHeader: settings["OKTA_AUTH_HEADER"] ?? "",
    secret: () => hookSecretNow(azure, secrets),
    settings,
    observed: host === "local",
    eventsUrl: `${url}/api/okta/events`,
    eventSecret: secrets.OKTA_EVENT_SECRET,
  });
  return { ...started, isMisconfigured: loadSettings(onLaptop).problems.length > 0 };
}
