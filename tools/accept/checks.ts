import { judgeAlerts } from "./alerts.ts";
import { judgeClosed, judgeFront, judgeFunctions, judgeHealth } from "./app.ts";
import type { Check } from "./check.ts";
import { judgeDelivery, judgeSecondHook } from "./delivery.ts";
import type { Live } from "./live.ts";
import { judgeAvailability, judgeLogs, judgeSignIn } from "./logs.ts";
import { judgeOkta } from "./okta.ts";

const learn = (path: string) => `https://learn.microsoft.com/${path}`;
const oktaDocs = (path: string) => `https://developer.okta.com/docs/${path}`;
const docsOf8x8 = (path: string) => `https://developer.8x8.com/connect/${path}`;

/** The checks run in this order. Checks of logs run late, because logs arrive minutes later. */
export const checks: readonly Check<Live>[] = [
  {
    id: "health",
    says: "The app answers /api/health within 3 s, with 200, its own JSON and no warning.",
    page: learn("azure/azure-functions/flex-consumption-plan"),
    breaks: "No code is sent, or the first codes after a quiet hour come too late for Okta.",
    run: judgeHealth,
  },
  {
    id: "closed",
    says: "Requests to closed routes, requests without the right secret and large bodies are refused. The app still answers afterwards.",
    page: learn("azure/azure-functions/functions-app-settings"),
    breaks: "Anyone can send messages at your cost, use admin routes, or fill the app's memory.",
    after: ["health"],
    run: judgeClosed,
  },
  {
    id: "functions",
    says: "Azure lists exactly this project's functions, and every function is enabled. The site update strategy of the values is in force.",
    page: learn("rest/api/appservice/web-apps/list-functions"),
    breaks: "A route answers 404, other code can read secrets, or each deployment loses codes.",
    run: judgeFunctions,
  },
  {
    id: "alerts",
    says: "Azure has all alerts of the templates. Every alert is on, reads this app's logs, and reaches a receiver. No processing rule mutes it now.",
    page: learn("azure/azure-monitor/alerts/alerts-overview"),
    breaks: "The people on call do not hear of an outage.",
    run: judgeAlerts,
  },
  {
    id: "okta",
    says: "The org matches okta.json. Okta calls the app with expired codes, and the app refuses them within 3 s. In the last 24 hours, Okta sent at most 2 codes or 1 % itself.",
    page: oktaDocs("api/openapi/okta-management/management/tags/inlinehook"),
    breaks: "Okta does not use the app, and you do not notice.",
    after: ["health"],
    run: judgeOkta,
  },
  {
    id: "front",
    says: "Okta calls the front (Azure Front Door), and the front reports that its apps are healthy.",
    page: learn("azure/frontdoor/health-probes"),
    breaks: "Okta's calls do not reach the app, or a failover does not work.",
    run: judgeFront,
  },
  {
    id: "logs",
    says: "Within 5 minutes, Application Insights has every request of this run once, without sampling. The app's events match what Okta got. The events name Node 24 and the version of this folder.",
    page: learn("azure/azure-monitor/logs/data-ingestion-time"),
    breaks: "Alerts and the workbook miss codes.",
    after: ["health"],
    run: judgeLogs,
  },
  {
    id: "availability",
    says: "The availability test succeeded at every location in its last run.",
    page: learn("azure/azure-monitor/app/availability-standard-tests"),
    breaks: "The alert health-red does not fire, or fires without a reason.",
    after: ["logs"],
    run: judgeAvailability,
  },
  {
    id: "sms",
    says: "Okta sends one SMS through its active hook. The first provider accepts it in time, and it arrives once, with `EIGHT_BY_EIGHT_SMS_SENDER` if that is set.",
    page: docsOf8x8("docs/delivery-receipts-for-outbound-sms"),
    breaks: "People get no codes, or the app does not learn which codes arrived.",
    needs: "phone",
    after: ["okta", "logs"],
    run: (live) => judgeDelivery(live, "sms"),
  },
  {
    id: "call",
    says: "Okta makes one call through its active hook. The first provider accepts it in time, and it is completed.",
    page: docsOf8x8("docs/voice/voice-messaging/session-status"),
    breaks: "People get no calls, or the app does not learn which calls arrived.",
    needs: "phone",
    after: ["okta", "logs"],
    run: (live) => judgeDelivery(live, "voice"),
  },
  {
    id: "sign-in",
    says: "The app stores the code of a sign-in, and matches Okta's event to this code once.",
    page: oktaDocs("concepts/event-hooks/"),
    breaks: "The guard and the workbook do not learn which codes were used.",
    needs: "sign-in",
    after: ["okta", "logs"],
    run: judgeSignIn,
  },
  {
    id: "second-hook",
    says: "The second hook answers, and accepts a code.",
    page: oktaDocs("guides/telephony-inline-hook/"),
    breaks: "No code arrives while 8x8 fails.",
    after: ["okta", "logs"],
    run: judgeSecondHook,
  },
];
