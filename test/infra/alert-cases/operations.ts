// Keys, vault and code.
import type { AlertCases } from "../alert-cases.ts";
import * as azure from "../samples/azure.ts";
import { times } from "../samples/clock.ts";
import { anotherEvent } from "../samples/hooks.ts";
import { events, rejected, unavailable } from "../samples/outcomes.ts";
import { secretDaysLeft } from "../samples/secrets.ts";

/** Resource ids of an environment's vault and of its app's identity. */
export interface Ours {
  readonly vault: string;
  readonly appIdentity: string;
}

export const operationsCases = ({ vault, appIdentity }: Ours): AlertCases => ({
  "key-rejected": {
    fires: {
      "8x8 rejects the key": events(rejected("key-rejected")),
      "8x8 forbids the address": events(rejected("forbidden")),
      "the sub-account is wrong": events(rejected("wrong-subaccount")),
    },
    quiet: { "the number is": events(rejected("invalid-number")) },
  },
  "vault-unreachable": {
    fires: {
      "a request met an instance without secrets": events(unavailable("secrets-not-loaded")),
    },
    quiet: { "8x8 was unreachable": events(unavailable("unreachable")) },
  },
  "vault-denied": {
    fires: {
      "the vault denied six calls": { AZKVAuditLogs: times(6, () => azure.vaultCall(vault, 403)) },
    },
    quiet: {
      "the vault denied five calls; others were denied by another vault, lacked a token or succeeded":
        {
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
      "another identity read a secret": {
        AZKVAuditLogs: [azure.vaultCall(vault, 200, { reader: `${appIdentity}-deploy` })],
      },
    },
    quiet: {
      "the app read a secret, a person was denied or wrote one, or another vault was read": {
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
    fires: { "the code had an unexpected error": events(unavailable("internal-error")) },
    quiet: { "8x8 failed": events(unavailable("provider-error")) },
  },
  exceptions: {
    fires: {
      "exceptions last for 15 minutes": {
        exceptions: [1, 6, 11, 16].map((minutes) => azure.exception(minutes)),
      },
    },
    quiet: {
      "a deployment causes fifty exceptions in ten minutes": {
        exceptions: times(50, (i) => azure.exception(6 + i / 5)),
      },
      "a caller sends bodies that the host refuses, or cuts them off": {
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
        customMetrics: [secretDaysLeft("a", 179), secretDaysLeft("b", 29.9)],
      },
      "one instance still has an older version that expires": {
        customMetrics: [secretDaysLeft("a", 179), secretDaysLeft("a", 20)],
      },
    },
    quiet: {
      "the secret was rotated": {
        customMetrics: [secretDaysLeft("a", 30.1), anotherEvent(secretDaysLeft("a", 20))],
      },
    },
  },
});
