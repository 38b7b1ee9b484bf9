import { type Area, inFile, onResources } from "./mutation.ts";

export const monitoring: Area = {
  name: "monitoring",
  tests: [...onResources, "test/infra/alerts"],
  mutations: [
    ...inFile(
      "infra/modules/monitoring.bicep",
      [
        "DisableLocalAuth: true",
        "DisableLocalAuth: false",
        "Whoever reads the connection string can write false telemetry.",
      ],
      ["disableLocalAuth: true }", "disableLocalAuth: false }", "The workspace's key opens it to whoever holds it."],
      [
        "DisableIpMasking: false",
        "DisableIpMasking: true",
        "Callers' whole addresses are kept: personal data that nobody asked for.",
      ],
      [
        "enableLogAccessUsingOnlyResourcePermissions: true",
        "enableLogAccessUsingOnlyResourcePermissions: false",
        "Who may read the app's telemetry is decided elsewhere, for the whole workspace.",
      ],
      [
        "retentionInDays: retentionDays",
        "retentionInDays: min(retentionDays, 30)",
        "The audit log is gone before anybody looks for a theft.",
      ],
      [
        "'3913510d-42f4-4e42-8a64-420c390055eb'",
        "'749f88d5-cbae-40b8-bcfc-e573ddc772fa'",
        "The app may change every alert instead of only sending telemetry.",
      ],
      [
        "publicNetworkAccessForIngestion: 'Enabled'",
        "publicNetworkAccessForIngestion: 'Disabled'",
        "No telemetry arrives, so no alert fires, and no network leads to it.",
      ],
    ),
    ...inFile(
      "infra/modules/availability.bicep",
      ["{hostName}/api/health", "{hostName}/", "The probe asks for a page that is green whatever the hook does."],
      ["SSLCheck: true", "SSLCheck: false", "A certificate that runs out is seen by Okta first."],
      ["Frequency: 300", "Frequency: 900", "A dead hook is noticed three times as late."],
    ),
  ],
};
