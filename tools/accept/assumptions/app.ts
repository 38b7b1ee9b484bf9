import { setTimeout as sleep } from "node:timers/promises";
import { parseJson } from "../../../src/privacy/json.ts";
import type { Tried } from "../assumption.ts";
import { differs, judge, notTried } from "../finding.ts";
import { causeOfHook, causeOfStatus, wordsOfHook } from "../causes.ts";
import { evidence, microsoft, oktaDocs } from "../sources.ts";
import { expiredCode } from "../../okta/expired-code.ts";

const minutes = (ms: number) => `${(ms / 60_000).toFixed(1)} min`;
const clockLimitMs = 60_000;

/** Tests that call the app in Azure from this machine. They send no message. */
export const app: readonly Tried[] = [
  {
    id: "app-health",
    says: "The app starts, reads its secrets from the vault, and reports no warnings.",
    documented:
      "An app on Flex Consumption starts from a package. It reads secrets with its own identity.",
    source: microsoft("azure/azure-functions/flex-consumption-plan"),
    ifFalse:
      "Without its secrets the app answers 503 to every code. A warning names a setting that may not work.",
    async attempt(live) {
      // An app that has just started reads its secrets first.
      const until = Date.now() + Math.min(live.patienceMs, 60_000);
      const ask = () => live.ask("GET", "/api/health");
      let { status, text } = await ask();
      while (status === 503 && Date.now() < until) {
        await sleep(live.pauseMs);
        ({ status, text } = await ask());
      }
      const said = parseJson(text) as Record<string, unknown> | undefined;
      const kinds = ["missing", "wrong", "unknown", "doubtful", "weak", "spare", "debug"];
      // Health lists names of our settings and secrets, never values.
      const named = kinds.flatMap((kind) =>
        Array.isArray(said?.[kind]) ? [`${kind}: ${said[kind].join(" ")}`] : [],
      );
      return judge(
        status === 200 && named.length === 0,
        `HTTP ${[status, ...named].join(", ")}.`,
        named.length > 0
          ? "the settings or secrets that /api/health names. The app sends codes when all of them are valid."
          : causeOfStatus(status),
      );
    },
  },
  {
    id: "app-expired-code",
    says: "The app refuses a request with an expired code, within Okta's 3 s.",
    documented: "Okta waits 3 s for an answer. A request holds the time at which its code expires.",
    source: oktaDocs("guides/telephony-inline-hook/"),
    evidence: evidence.hookSchema,
    ifFalse: "You cannot rely on any test below that sends a code.",
    async attempt(live) {
      const sent = await live.hook(expiredCode());
      return judge(sent.judged?.outcome === "refused", wordsOfHook(sent), causeOfHook(sent));
    },
  },
  {
    id: "app-stranger",
    says: "A request with a wrong secret or without one gets 401.",
    documented: "Okta sends the secret of an inline hook. The receiver has to check it.",
    source: oktaDocs("concepts/inline-hooks/"),
    ifFalse: "Unauthenticated callers send messages at your cost. Deactivate the hook.",
    async attempt(live) {
      const statuses: number[] = [];
      for (const secret of ["not-the-hook-secret-of-anybody", ""]) {
        // Only app-expired-code judges how fast the app answers.
        let status = 0;
        for (let asked = 0; status === 0 && asked < 3; asked += 1)
          status = (await live.hook(expiredCode(), secret)).status;
        statuses.push(status);
      }
      return judge(
        statuses.every((status) => status === 401),
        `HTTP ${statuses.map((status) => status || "nothing").join(" and ")}.`,
        causeOfWrongSecret(statuses),
      );
    },
  },
  {
    id: "app-closed-routes",
    says: "The host's own routes require a key, and the app's routes require a secret.",
    documented:
      "Azure's administrative routes require the master key. A function can allow calls without a key.",
    source: microsoft("azure/azure-functions/function-keys-how-to"),
    ifFalse: "Unauthenticated callers may read or stop functions. Set `allowedIpRanges`.",
    async attempt(live) {
      const closed = [
        ["GET", "/admin/host/status"],
        ["POST", "/admin/functions/telephony-hook"],
        ["GET", "/api/okta/telephony"],
        ["POST", "/api/okta/events"],
        ["POST", "/api/8x8/receipts"],
      ] as const;
      const statuses: number[] = [];
      for (const [method, path] of closed) statuses.push((await live.ask(method, path)).status);
      const isClosed = (status: number) => [401, 403, 404, 405].includes(status);
      return judge(
        statuses.every(isClosed),
        `${closed.map(([, path], at) => `${path} ${statuses[at] ?? 0}`).join(", ")}.`,
        "the host has another authentication level, or another server answers at that URL.",
      );
    },
  },
  {
    id: "app-body-limit",
    says: "A body over 64 KiB gets 413, and one over 2 MiB never reaches the app.",
    documented: "The host accepts bodies of up to FUNCTIONS_REQUEST_BODY_SIZE_LIMIT bytes.",
    source: microsoft(
      "azure/azure-functions/functions-app-settings#functions_request_body_size_limit",
    ),
    ifFalse: "Large bodies fill an instance's memory. Set `allowedIpRanges`.",
    after: ["app-expired-code"],
    async attempt(live) {
      const of = (kib: number) =>
        live.ask("POST", "/api/okta/telephony", "x".repeat(kib * 1024), true);
      const over64 = await of(65);
      // The server may cut this connection instead of answering.
      const over2048 = await of(3 * 1024).catch(() => ({ status: 0, text: "" }));
      const isOurs = over2048.text.includes("errorSummary");
      return judge(
        over64.status === 413 && !isOurs && (over2048.status === 0 || over2048.status >= 400),
        `HTTP ${over64.status} to 65 KiB, ${over2048.status || "cut"} to 3 MiB${isOurs ? ", which the app itself answered" : ""}.`,
        isOurs
          ? "the host ignores FUNCTIONS_REQUEST_BODY_SIZE_LIMIT."
          : causeOfStatus(over64.status),
      );
    },
  },
  {
    id: "app-event-row",
    says: "The event of a request is in Application Insights within 5 minutes, with the right time.",
    documented: "Logs usually arrive within a few minutes. Azure promises no time.",
    source: microsoft("azure/azure-monitor/logs/data-ingestion-time"),
    ifFalse: "Alerts that read logs fire late or never.",
    after: ["app-expired-code"],
    async attempt(live) {
      const azure = await live.azure();
      const sentAt = Date.now();
      const body = expiredCode();
      const { judged } = await live.hook(body);
      if (judged?.outcome !== "refused")
        return notTried("waits", "The app did not refuse an expired code.");
      const where = ["eventId", (body as { readonly eventId: string }).eventId] as const;
      const since = new Date(sentAt - 600_000);
      const query = { table: "customEvents", name: "otp-delivery", since, where } as const;
      const [row] = await azure.waitFor(query, live.patienceMs, live.pauseMs);
      const waited = Date.now() - sentAt;
      if (row === undefined)
        return differs(
          `No event after ${minutes(waited)}.`,
          "the app's identity may not write to Application Insights, or ingestion is late.",
        );
      const offMs = row.timestamp.getTime() - sentAt;
      if (Math.abs(offMs) > clockLimitMs)
        return differs(
          `The event's time differs by ${Math.round(offMs / 1_000)} s from this machine's clock.`,
          "this machine's clock is wrong. Set it by NTP.",
        );
      return judge(
        waited < 5 * 60_000,
        `${minutes(waited)}, outcome ${String(row.properties["outcome"])}.`,
        "ingestion is late. Check Azure's status, and run this again.",
      );
    },
  },
];

function causeOfWrongSecret(statuses: readonly number[]): string {
  if (statuses.includes(403)) return "allowedIpRanges does not hold this machine's address.";
  if (statuses.includes(0)) return "the app did not answer within 3 s, three times.";
  return "another app, or a proxy in front of this one, answers at that URL.";
}
