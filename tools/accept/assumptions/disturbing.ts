import type { Tried } from "../assumption.ts";
import { judge, notTried } from "../finding.ts";
import * as z from "zod";
import { changeSite } from "../azure.ts";
import { isYes } from "../person.ts";
import { coldStartOf, hooksInARow } from "../restarts.ts";
import { microsoft, page } from "../sources.ts";
import { named } from "./azure.ts";

/** Tests that disturb the app. Each needs its own option. They send no code. */
export const disturbing: readonly Tried[] = [
  {
    id: "app-restart",
    says: "The app answers within 3 s while it restarts.",
    documented: "A rolling update drains and replaces instances in batches. It is in preview.",
    source: microsoft("azure/azure-functions/flex-consumption-site-updates"),
    ifFalse: "Codes are late during a deployment. Deploy in a quiet hour.",
    needs: "restart",
    after: ["app-expired-code"],
    async attempt(live) {
      await changeSite(await live.azure(), "restart");
      return (await hooksInARow(live, "while the app restarted")).finding;
    },
  },
  {
    id: "app-cold-start",
    says: "The app answers the first request after a start within 3 s.",
    documented: "Always-ready instances run before the first request arrives.",
    source: microsoft("azure/azure-functions/flex-consumption-plan#always-ready-instances"),
    ifFalse: "The first code is late. Raise `scale.alwaysReady`.",
    needs: "cold-start",
    after: ["app-expired-code"],
    attempt: async (live) => (await coldStartOf(live)).finding,
  },
  {
    id: "azure-cold-start-row",
    says: "The first request after a start has a row in `requests`.",
    documented: "Nothing. An issue of the host reports that requests are missing while it starts.",
    source: page("https://github.com/Azure/azure-functions-host/issues/11167", "2026-11-24"),
    ifFalse: "`okta-gave-up` learns of a slow start only from Okta's events. Set them up.",
    needs: "cold-start",
    after: ["app-expired-code"],
    async attempt(live) {
      const { since, answered } = await coldStartOf(live);
      if (answered === 0)
        return notTried("waits", "The app answered no request: see app-cold-start.");
      const query = { table: "requests", name: "telephony-hook", since } as const;
      const rows = await (
        await live.azure()
      ).waitFor(query, live.patienceMs, live.pauseMs, ({ length }) => length >= answered);
      return judge(
        rows.length >= answered,
        `${rows.length} rows in \`requests\` for ${answered} requests after the start.`,
        "the host writes no row until its telemetry is ready.",
      );
    },
  },
  {
    id: "azure-alert-arrives",
    says: "A test alert arrives.",
    documented: "The call sends a test notification to the receivers of an action group.",
    source: microsoft(
      "rest/api/monitor/action-groups/create-notifications-at-action-group-resource-level",
    ),
    ifFalse: "The people on call do not hear of an outage.",
    needs: "alert",
    async attempt(live) {
      const { deployment, get, post } = await live.azure();
      if (deployment.parameters["alerts"] === "none")
        return notTried(
          "not set up",
          "The environment has no alerts: alerts = 'none'. Try --alert in an environment with alerts.",
        );
      const groups = await get("/providers/Microsoft.Insights/actionGroups", "2023-01-01");
      const [group] = named.parse(groups).value;
      if (group === undefined)
        return notTried("not set up", "The environment has no action group.");
      const { emailReceivers } = z
        .looseObject({ emailReceivers: z.array(z.unknown()).optional() })
        .parse(group.properties);
      const path = `/providers/Microsoft.Insights/actionGroups/${group.name}/createNotifications`;
      await post(path, "2023-01-01", { alertType: "servicehealth", emailReceivers });
      const said = await live.person.answer(
        "A test alert was sent to the action group. Did it arrive (yes, no)?",
      );
      if (said === undefined)
        return notTried(
          "not asked",
          "The run could not ask whether the alert arrived. Run this in a terminal.",
        );
      return judge(
        isYes(said),
        isYes(said) ? "It arrived." : "It did not arrive.",
        "the mail address is not confirmed, or a filter caught the mail.",
      );
    },
  },
];
