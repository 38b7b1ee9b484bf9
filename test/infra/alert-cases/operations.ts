// Cases of the alerts on keys, on the vault and on errors in code.
import type { AlertCases } from "../alert-cases.ts";
import * as azure from "../samples/azure.ts";
import { times } from "../samples/clock.ts";
import { anotherEvent } from "../samples/hooks.ts";
import { events, rejected, unavailable } from "../samples/outcomes.ts";
import { secretExpiry } from "../samples/secrets.ts";

/** Resource ids of an environment's vault and of its app's identity. */
export interface Ours {
  readonly vault: string;
  readonly appIdentity: string;
}

export const operationsCases = ({ vault, appIdentity }: Ours): AlertCases => ({
  "key-rejected": {
    fires: {
      "8x8 rejects the API key": events(rejected("key-rejected")),
      "8x8 does not allow the app's address": events(rejected("forbidden")),
      "8x8 does not know the sub-account": events(rejected("wrong-subaccount")),
    },
    quiet: { "8x8 rejects a phone number": events(rejected("invalid-number")) },
  },
  "vault-unreachable": {
    fires: {
      "a request reached an instance that had no secrets": events(
        unavailable("secrets-not-loaded"),
      ),
    },
    quiet: { "8x8 was not reachable": events(unavailable("unreachable")) },
  },
  "vault-denied": {
    fires: {
      "the vault denied six calls": { AZKVAuditLogs: times(6, () => azure.vaultCall(vault, 403)) },
    },
    quiet: {
      "the vault denied only five calls": {
        AZKVAuditLogs: [
          ...times(5, () => azure.vaultCall(vault, 403)),
          ...times(50, () => azure.vaultCall(`${vault}x`, 403)),
          ...times(50, () => azure.vaultCall(vault, 401)),
          ...times(50, () => azure.vaultCall(vault, 200)),
        ],
      },
    },
  },
  "secret-read": {
    fires: {
      "a person read a secret": { AZKVAuditLogs: [azure.vaultCall(vault, 200)] },
      "the deployer's identity read a secret": {
        AZKVAuditLogs: [azure.vaultCall(vault, 200, { reader: `${appIdentity}-deploy` })],
      },
    },
    quiet: {
      "only the app read a secret of this vault": {
        AZKVAuditLogs: [
          azure.vaultCall(vault, 200, { reader: appIdentity.toLowerCase() }),
          ...[401, 403].map((status) => azure.vaultCall(vault, status)),
          azure.vaultCall(vault, 200, { OperationName: "SecretSet" }),
          azure.vaultCall(`${vault}x`, 200),
        ],
      },
    },
  },
  "internal-error": {
    fires: { "the app had an unexpected error": events(unavailable("internal-error")) },
    quiet: { "8x8 answered with an error": events(unavailable("provider-error")) },
  },
  exceptions: {
    fires: {
      "the host had exceptions in four periods of five minutes": {
        exceptions: [1, 6, 11, 16].map((minutes) => azure.exception(minutes)),
      },
    },
    quiet: {
      "a deployment caused 50 exceptions within ten minutes": {
        exceptions: times(50, (i) => azure.exception(6 + i / 5)),
      },
      "all exceptions are about bodies that the host refused or that a caller cut off": {
        exceptions: [1, 6, 11, 16].flatMap((minutes) => [
          azure.exception(minutes, "Microsoft.AspNetCore.Http.BadHttpRequestException"),
          azure.exception(
            minutes,
            "Microsoft.AspNetCore.Server.Kestrel.Core.BadHttpRequestException",
          ),
          azure.exception(minutes, "Microsoft.AspNetCore.Connections.ConnectionResetException"),
        ]),
      },
    },
  },
  "secret-expiry": {
    fires: {
      "one of two secrets expires within 30 days": {
        customEvents: [secretExpiry("a", 179), secretExpiry("b", 29.9)],
      },
      "one instance still has a secret version that expires within 30 days": {
        customEvents: [secretExpiry("a", 179), secretExpiry("a", 20)],
      },
    },
    quiet: {
      "the secret is valid for more than 30 days": {
        customEvents: [secretExpiry("a", 30.1), anotherEvent(secretExpiry("a", 20))],
      },
    },
  },
});
