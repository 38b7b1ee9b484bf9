import { matching, origin, wholeNumber } from "./validators.ts";

const guid = matching(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i, "is not a client id (a GUID)");
// https://learn.microsoft.com/azure/azure-monitor/app/connection-strings
const connectionString = matching(
  /(?:^|;)\s*InstrumentationKey=[\da-f-]{36}(?:;|$)/i,
  "is not a connection string (InstrumentationKey=…;IngestionEndpoint=…)",
);

export const azure = {
  KEY_VAULT_URL: origin.optional().meta({
    description: "The vault that holds the secrets.",
    needed: "in Azure",
    setByTemplate: true,
  }),
  AZURE_CLIENT_ID: guid.optional().meta({
    description: "Client id of the app's identity.",
    needed: "in Azure",
    setByTemplate: true,
  }),
  APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString.optional().meta({
    description: "Where telemetry goes. Unset: no telemetry is sent.",
    setByTemplate: true,
  }),
  STATE_TABLE_URL: origin.optional().meta({
    description:
      "`https://<account>.table.core.windows.net`, where the table `codes` holds sent codes. Unset: used codes are [not matched](set-up-okta.md#events).",
    setByTemplate: true,
  }),
  SECRET_MAX_AGE_MINUTES: wholeNumber(6, 1440).prefault("10").meta({
    description:
      "6 to 1440 minutes. If a secret is older, a request waits up to 1 s for the vault.",
  }),
  SECRET_OUTAGE_HOURS: wholeNumber(1, 720).prefault("72").meta({
    description:
      "1 to 720 hours. How long the last secrets keep working while the vault is unreachable. After that, requests get 503 `secrets-not-loaded`.",
  }),
};
