import { setTimeout as sleep } from "node:timers/promises";
import { differs, judge, notTried, type Assumption } from "../assumption.ts";
import { expiredCode } from "../../okta/expired-code.ts";

const functionsDocs = "https://learn.microsoft.com/azure/azure-functions";
const minutes = (ms: number) => `${(ms / 60_000).toFixed(1)} min`;

/** The app in Azure, asked from here. Nothing is sent. */
export const app: readonly Assumption[] = [
  {
    id: "app-health",
    says: "The app starts and reads its secrets from the vault.",
    source: `${functionsDocs}/flex-consumption-plan`,
    leans: ["docs/deploy.md", "src/functions/health.ts"],
    ifFalse: "Every code is answered 503, and Okta sends it itself.",
    async attempt(live) {
      // A fresh start reads its secrets first.
      const until = Date.now() + Math.min(live.patienceMs, 60_000);
      let { status, body } = await live.health();
      while (status !== 200 && Date.now() < until) {
        await sleep(live.pauseMs);
        ({ status, body } = await live.health());
      }
      const said = body as Record<string, unknown> | undefined;
      // Names of settings and secrets, which are ours.
      const named = ["missing", "wrong", "unknown", "doubtful", "weak", "spare", "debug"].filter(
        (key) => said?.[key],
      );
      return judge(
        status === 200 && named.length === 0,
        `HTTP ${status}${named.map((key) => `, ${key}`).join("")}`,
      );
    },
  },
  {
    id: "app-expired-code",
    says: "A hook with an expired code is refused within Okta's 3 s.",
    source: "https://developer.okta.com/docs/guides/telephony-inline-hook/",
    leans: ["docs/operate.md", "tools/okta/verify.ts"],
    ifFalse: "No try below can be believed.",
    async attempt(live) {
      const { judged, status, ms, why } = await live.hook(expiredCode());
      const seen =
        judged === undefined
          ? why
          : `HTTP ${status}, ${judged.outcome ?? "no outcome"} in ${ms} ms`;
      return judge(judged?.outcome === "refused", seen);
    },
  },
  {
    id: "app-stranger",
    says: "A wrong secret, or none, gets 401.",
    source: "https://developer.okta.com/docs/concepts/inline-hooks/",
    leans: ["docs/security.md", "src/okta/authenticate.ts"],
    ifFalse: "Strangers send messages at your cost: deactivate the hook.",
    async attempt(live) {
      const given = ["not-the-hook-secret-of-anybody", ""];
      const statuses = [];
      for (const secret of given) statuses.push((await live.hook(expiredCode(), secret)).status);
      return judge(
        statuses.every((status) => status === 401),
        `HTTP ${statuses.join(" and ")}`,
      );
    },
  },
  {
    id: "app-closed-routes",
    says: "The host's routes want a key, and ours a secret.",
    source: `${functionsDocs}/function-keys-how-to`,
    leans: ["docs/security.md", "src/main.ts"],
    ifFalse: "Strangers may read or stop functions: set allowedIpRanges.",
    async attempt(live) {
      const closed = [
        ["GET", "/admin/host/status"],
        ["POST", "/admin/functions/telephony-hook"],
        ["GET", "/api/okta/telephony"],
        ["POST", "/api/okta/events"],
        ["POST", "/api/8x8/receipts"],
      ] as const;
      const statuses: number[] = [];
      for (const [method, path] of closed) statuses.push(await live.status(method, path));
      const isClosed = (status: number) => [401, 403, 404, 405].includes(status);
      return judge(
        statuses.every(isClosed),
        closed.map(([, path], at) => `${path} ${statuses[at] ?? 0}`).join(", "),
      );
    },
  },
  {
    id: "app-body-limit",
    says: "A body over 64 KiB gets 413; over 2 MiB it never reaches the app.",
    source: `${functionsDocs}/functions-bindings-http-webhook-trigger#limits`,
    leans: [
      "docs/security.md",
      "src/functions/request-body.ts",
      "infra/modules/function-app.bicep",
    ],
    ifFalse: "Big bodies fill an instance's memory: set allowedIpRanges.",
    async attempt(live) {
      const of = (kib: number) =>
        live.status("POST", "/api/okta/telephony", "x".repeat(kib * 1024), true);
      // Such a connection may be cut.
      const [over64, over2048] = [await of(65), await of(3 * 1024).catch(() => 0)];
      return judge(
        over64 === 413 && (over2048 === 0 || over2048 >= 400),
        `HTTP ${over64} to 65 KiB, ${over2048 || "cut"} to 3 MiB`,
      );
    },
  },
  {
    id: "app-event-row",
    says: "A hook's event is in Application Insights within 5 minutes.",
    source: "https://learn.microsoft.com/azure/azure-monitor/logs/data-ingestion-time",
    leans: [
      "docs/operate.md",
      "src/telemetry/telemetry.ts",
      "infra/queries/alerts/no-code-accepted.kql",
    ],
    ifFalse: "Alerts on logs come late, or never.",
    async attempt(live) {
      const azure = await live.azure();
      const since = new Date();
      const body = expiredCode();
      const { judged } = await live.hook(body);
      if (judged?.outcome !== "refused")
        return notTried("The hook did not refuse an expired code.");
      const where = ["eventId", (body as { readonly eventId: string }).eventId] as const;
      const query = {
        table: "customEvents",
        name: "otp-delivery",
        since: new Date(since.getTime() - 60_000),
        where,
      } as const;
      const [row] = await azure.waitFor(query, live.patienceMs, live.pauseMs);
      const waited = Date.now() - since.getTime();
      if (row === undefined) return differs(`Not there after ${minutes(waited)}.`);
      return judge(
        waited < 5 * 60_000,
        `${minutes(waited)}, outcome ${String(row.properties["outcome"])}`,
      );
    },
  },
];
