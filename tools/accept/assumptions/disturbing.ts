import { setTimeout as sleep } from "node:timers/promises";
import { differs, holds, judge, notTried, type Assumption, type Finding } from "../assumption.ts";
import * as z from "zod";
import { expiredCode } from "../../okta/expired-code.ts";
import type { Azure, Live, Row } from "../live.ts";
import { named } from "./azure.ts";

const functionsDocs = "https://learn.microsoft.com/azure/azure-functions";
const change = (azure: Azure, what: string) =>
  azure.post(
    `/providers/Microsoft.Web/sites/${String(azure.deployment.outputs["functionAppName"])}/${what}`,
    "2024-11-01",
  );

/** The one cold start of a run, for all that look at it. */
const starts = new WeakMap<Live, Promise<ColdStart>>();
const hooksAfterStart = 5;

interface ColdStart {
  readonly since: Date;
  readonly finding: Finding;
}

function coldStartOf(live: Live): Promise<ColdStart> {
  const known = starts.get(live) ?? startAnew(live);
  starts.set(live, known);
  return known;
}

async function startAnew(live: Live): Promise<ColdStart> {
  const azure = await live.azure();
  await change(azure, "stop");
  await change(azure, "start");
  const since = new Date();
  return { since, finding: await hooksInARow(live, "after its start", hooksAfterStart) };
}

/** Each is asked for by an option of its own. No code is sent. */
export const disturbing: readonly Assumption[] = [
  {
    id: "app-restart",
    says: "Hooks are answered within 3 s while the app restarts.",
    source: `${functionsDocs}/flex-consumption-site-updates`,
    leans: ["docs/operate.md", "docs/upgrade.md", "infra/modules/function-app.bicep"],
    ifFalse: "Deploy in a quiet hour.",
    needs: "restart",
    async attempt(live) {
      const azure = await live.azure();
      await change(azure, "restart");
      return hooksInARow(live, "while it restarted");
    },
  },
  {
    id: "app-cold-start",
    says: "The first hook after a start is answered within 3 s.",
    source: `${functionsDocs}/flex-consumption-plan#always-ready-instances`,
    leans: ["docs/maintainers/benchmark.md", "docs/operate.md"],
    ifFalse: "Raise scale.alwaysReady.",
    needs: "cold-start",
    attempt: async (live) => (await coldStartOf(live)).finding,
  },
  {
    id: "azure-cold-start-row",
    says: "The host logs the requests of a cold start too.",
    source: "https://github.com/Azure/azure-functions-host/issues/11167",
    leans: ["docs/runbooks.md", "infra/queries/alerts/okta-gave-up.kql"],
    ifFalse: "`okta-gave-up` sees a slow start only in Okta's events: set them up.",
    needs: "cold-start",
    async attempt(live) {
      const { since } = await coldStartOf(live);
      const rows = await requestsSince(live, since);
      return judge(
        rows.length >= hooksAfterStart,
        `${rows.length} rows of ${hooksAfterStart} hooks after its start`,
      );
    },
  },
  {
    id: "azure-alert-arrives",
    says: "An alert arrives.",
    source:
      "https://learn.microsoft.com/rest/api/monitor/action-groups/create-notifications-at-action-group-resource-level",
    leans: ["docs/operate.md", "infra/modules/action-group.bicep"],
    ifFalse: "Nobody hears of an outage.",
    needs: "alert",
    async attempt(live) {
      const { get, post } = await live.azure();
      const { value } = named.parse(
        await get("/providers/Microsoft.Insights/actionGroups", "2023-01-01"),
      );
      const [group] = value;
      if (group === undefined) return notTried("The environment notifies nobody.");
      const { emailReceivers } = z
        .looseObject({ emailReceivers: z.array(z.unknown()).optional() })
        .parse(group.properties);
      const path = `/providers/Microsoft.Insights/actionGroups/${group.name}/createNotifications`;
      await post(path, "2023-01-01", { alertType: "servicehealth", emailReceivers });
      const said = await live.person.answer(
        "A test alert was sent to the action group. Did it arrive (yes, no)?",
      );
      if (said === undefined) return notTried("Nobody said whether it arrived.");
      return judge(/^y/i.test(said), /^y/i.test(said) ? "It arrived." : "It did not arrive.");
    },
  },
];

/** The host's rows of the hooks, once all have come or none came for so long. */
async function requestsSince(live: Live, since: Date): Promise<readonly Row[]> {
  const azure = await live.azure();
  const until = Date.now() + live.patienceMs;
  for (;;) {
    const rows = await azure.rows({ table: "requests", name: "telephony-hook", since });
    if (rows.length >= hooksAfterStart || Date.now() > until) return rows;
    await sleep(live.pauseMs);
  }
}

/** One each second; Okta would send those itself that are late. */
async function hooksInARow(live: Live, when: string, count = 120) {
  const times: (number | undefined)[] = [];
  for (let sent = 0; sent < Math.min(count, Math.ceil(live.patienceMs / 1_000)); sent++) {
    // Where nobody listens, the hook is lost too.
    const { judged, ms } = await live
      .hook(expiredCode())
      .catch(() => ({ judged: undefined, ms: 0 }));
    times.push(judged?.outcome === "refused" ? ms : undefined);
    await sleep(Math.min(live.pauseMs, Math.max(0, 1_000 - ms)));
  }
  const late = times.filter((ms) => ms === undefined).length;
  const slowest = Math.max(0, ...times.filter((ms) => ms !== undefined));
  return late === 0
    ? holds(`${times.length} hooks ${when}, the slowest in ${slowest} ms`)
    : differs(`${late} of ${times.length} hooks ${when} late, refused or lost`);
}
