import { expectedAlerts } from "../../../tools/accept/assumptions/azure.ts";
import { createApi } from "../../../tools/okta/api.ts";
import { eventHookBody } from "../../../tools/okta/event-hook-body.ts";
import { inlineHookBody } from "../../../tools/okta/hook-body.ts";
import { createOrg, telephony } from "../../../tools/okta/org.ts";
import type { WantedState } from "../../../tools/okta/wanted-state.ts";
import { oktaUserId } from "../../../tools/sandbox/okta.ts";
import { startOktaOrg, type OktaOrg } from "../../../tools/sandbox/okta/management/org.ts";
import { hookSecret } from "../../app.ts";
import { eventSecret } from "../../functions/outcomes-in-azure.ts";
import { until } from "../../until.ts";
import { apiToken, asAdministrator } from "../okta/signed-in.ts";
import { json } from "./front.ts";
import type { World } from "./world.ts";

const sender = "Acme";

/** The app's settings without its secrets. */
export const settingsAt = (eightByEight: string): Record<string, string> => ({
  EIGHT_BY_EIGHT_SMS_URL: eightByEight,
  EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "test_sms",
  EIGHT_BY_EIGHT_SMS_SENDER: sender,
  EIGHT_BY_EIGHT_VOICE_URL: eightByEight,
  EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: "local_voice",
  EIGHT_BY_EIGHT_VOICE_SOURCE: "+6588000000",
  EIGHT_BY_EIGHT_FEEDBACK: "send",
});

/** Makes every assumption true again: the hosts' answers, and what is deployed in Azure. */
export function makeAsAssumed(world: World, run: number): void {
  const { app, manager, okta, eightByEight, azure } = world;
  const settings = settingsAt(eightByEight.url);
  world.isStopped = false;
  world.refusesOtherSenders = true;
  for (const front of [app, manager, okta, eightByEight]) front.clear();
  app.bodyLimit = 2 * 1024 * 1024;
  app.add(({ body }, pass) =>
    world.isStopped ? stopped : pass(body.replaceAll(oktaUserId, userOf(run))),
  );
  manager.add(({ call }) => {
    const [, done] = /\/sites\/func-test\/(stop|start)$/.exec(call) ?? [];
    if (done !== undefined) world.isStopped = done === "stop";
    return undefined;
  });
  eightByEight.add(({ call, body }) =>
    call.endsWith("/test_sms/messages") && world.refusesOtherSenders && !isOurs(body)
      ? invalidSource
      : undefined,
  );
  azure.ingestion.recover();
  azure.ingestion.envelopes.length = 0;
  Object.assign(azure.manager.group, {
    parameters: { alerts: "all", hookSettings: { ...settings } },
    settings: { ...settings, OTHER: "x" },
    functions: ["telephony-hook", "delivery-receipts", "okta-events", "health"],
    alerts: expectedAlerts(false).map((name) => ({ name, enabled: true })),
    hostVersion: "azurefunctions: 4.1049.0.0",
    availabilityResults: 1,
  });
}

/**
 * Opens an org with this app's hooks. Each run has its own, because entries of a System Log cannot
 * be deleted.
 */
export async function openOrg({ hook, events }: WantedState): Promise<OktaOrg> {
  const org = await startOktaOrg({ apiToken });
  const api = createOrg(createApi(org.url, asAdministrator));
  await api.createHook({ ...inlineHookBody(hook, hookSecret), type: telephony });
  if (events === undefined) return org;
  const { id } = await api.createEventHook(eventHookBody(events, eventSecret, "Phone"));
  // Repeats the check: Okta waits only 3 s for the challenge, which can be too short on a busy
  // machine.
  await until(() =>
    api.eventHookLifecycle(id, "verify").then(
      () => true,
      () => false,
    ),
  );
  return org;
}

/**
 * Returns a different person for each run, because the app counts two enrollments of a person
 * within ten seconds as one.
 */
const userOf = (run: number) => `00uperson${String(run).padStart(11, "0")}`;

/** True if the SMS has our sender. */
const isOurs = (body: string) => (JSON.parse(body) as { source?: string }).source === sender;

/** https://developer.8x8.com/connect/docs/api-error-codes */
const invalidSource = json(400, {
  code: 1005,
  message: "Invalid source",
  errorId: "c388daa9-980e-eb11-81f8-0433c2195dfb",
  timestamp: "2026-11-28T00:00:00.0000000+00:00",
});

/** https://learn.microsoft.com/troubleshoot/azure/app-service/web-apps-performance-faqs */
const stopped = { status: 403, body: "Error 403 - This web app is stopped." };
