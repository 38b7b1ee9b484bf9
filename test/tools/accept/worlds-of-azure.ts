import { answers, changing, query, withoutRows, type FalseWorld } from "./false-world.ts";
import { json } from "./front.ts";

const functions = /Microsoft\.Web\/sites\/func-test\/functions$/;

/** Azure Resource Manager, and the queries of Application Insights. */
export const worldsOfAzure: readonly FalseWorld[] = [
  {
    name: "Azure runs another version of Node",
    make: ({ manager }) =>
      manager.add(changing(query, (rows) => rows.replaceAll("node24:", "node22:"))),
    id: "azure-node",
    words: [/\b22\b/, /\b24\b/],
  },
  {
    name: "the host is version 3",
    make: ({ azure }) => (azure.manager.group.hostVersion = "azurefunctions: 3.21.1.0"),
    id: "azure-host",
    words: [/3\.21\.1/, /\b4\b/],
  },
  {
    name: "the host logs no request",
    make: ({ azure }) => (azure.manager.group.hostVersion = undefined),
    inVain: true,
    id: "azure-host",
    words: [/no (row|request)/i, /requests/],
  },
  {
    name: "rows of requests arrive only at the fourth query",
    make: ({ manager }) => manager.add(withoutRows("requests", 3)),
    id: "azure-host",
    verdict: "holds",
    words: [],
  },
  {
    name: "Azure lists five functions",
    make: ({ azure }) => azure.manager.group.functions.push("leftover"),
    id: "azure-functions",
    words: [/\b(5|five)\b/, /\b(4|four)\b/, /leftover/],
  },
  {
    name: "Azure lists three functions",
    make: ({ azure }) => azure.manager.group.functions.pop(),
    id: "azure-functions",
    words: [/health/],
  },
  {
    name: "a deployed setting is missing",
    make: ({ azure }) => delete azure.manager.group.settings["EIGHT_BY_EIGHT_SMS_SENDER"],
    id: "azure-settings",
    words: [/EIGHT_BY_EIGHT_SMS_SENDER/],
  },
  {
    name: "a setting was changed by hand",
    make: ({ azure }) => (azure.manager.group.settings["EIGHT_BY_EIGHT_SMS_SENDER"] = "Changed"),
    id: "azure-settings",
    words: [/EIGHT_BY_EIGHT_SMS_SENDER/],
  },
  {
    name: "an alert is missing",
    make: ({ azure }) => (azure.manager.group.alerts = azure.manager.group.alerts.slice(1)),
    id: "azure-alerts",
    words: [/missing|does not exist|not there|lacks/i],
  },
  {
    name: "an alert is off",
    make: ({ azure }) => {
      const [first] = azure.manager.group.alerts;
      if (first !== undefined) first.enabled = false;
    },
    id: "azure-alerts",
    words: [/\boff\b|disabled/i],
  },
  {
    name: "no result of the availability test arrives",
    make: ({ azure }) => (azure.manager.group.availabilityResults = 0),
    inVain: true,
    id: "azure-availability",
    words: [/no result|no availability/i, /half an hour|30 min/],
  },
  {
    name: "no alert arrives",
    seen: () => ({
      person: { answer: () => Promise.resolve("no"), signIn: () => Promise.resolve(true) },
    }),
    id: "azure-alert-arrives",
    words: [/arrive/i, /mail|confirm|action group/i],
  },
  {
    name: "the environment has no alerts, and a test alert is asked for",
    make: ({ azure }) => {
      azure.manager.group.parameters = { alerts: "none" };
      azure.manager.group.alerts = [];
    },
    id: "azure-alert-arrives",
    verdict: "not tried",
    words: [/no alerts/i],
  },
  {
    name: "the person has no read access in Azure",
    make: answers("manager", functions, json(403, { error: { code: "AuthorizationFailed" } })),
    id: "azure-functions",
    verdict: "not tried",
    words: [/403/, /AuthorizationFailed|Reader|right|role/i],
  },
];
