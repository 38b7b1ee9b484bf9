import { type AlertCases, firing } from "../alert-cases.ts";
import * as azure from "../samples/azure.ts";
import { times } from "../samples/clock.ts";
import { anotherEvent } from "../samples/hooks.ts";
import { events, unavailable } from "../samples/outcomes.ts";
import { secretExpiry } from "../samples/secrets.ts";

/** Resource ids of an environment's vault and of its app's identity. */
export interface Ours {
  readonly vault: string;
  readonly appIdentity: string;
}

export const operationsCases = ({ vault, appIdentity }: Ours): AlertCases => {
  const byApp = (status: number, of = vault) =>
    azure.vaultCall(of, status, { reader: appIdentity.toLowerCase() });
  return {
    "vault-failing": {
      fires: {
        "the vault denied six of the app's calls, as if the app had lost its role": firing(
          { AZKVAuditLogs: times(6, () => byApp(403)) },
          { status: "403" },
        ),
        "more than a fifth of the app's calls to Key Vault failed": firing(
          { AZKVAuditLogs: [...times(23, () => byApp(200)), ...times(6, () => byApp(503))] },
          { status: "503" },
        ),
      },
      quiet: {
        "the vault denied five calls of the app and 50 calls of other callers": {
          AZKVAuditLogs: [
            ...times(5, () => byApp(403)),
            ...times(50, () => azure.vaultCall(vault, 403)),
            ...times(50, () => byApp(403, `${vault}x`)),
          ],
        },
        "each of eleven new private connections began with a 403": {
          AZKVAuditLogs: [...times(11, () => byApp(403)), ...times(44, () => byApp(200))],
        },
      },
    },
    "secret-read": {
      fires: {
        "the deployer's identity read a secret": firing(
          { AZKVAuditLogs: [azure.vaultCall(vault, 200, { reader: `${appIdentity}-deploy` })] },
          { result: "read", address: "192.0.2.1" },
        ),
        "the vault refused six calls that did not come from the app": firing(
          {
            AZKVAuditLogs: [
              azure.vaultCall(vault, 403),
              ...times(5, () =>
                azure.vaultCall(vault, 403, {
                  OperationName: "SecretList",
                  address: "198.51.100.7",
                }),
              ),
            ],
          },
          { result: "refused", address: "198.51.100.7" },
        ),
      },
      quiet: {
        "only the app read a secret of this vault, and the vault refused five calls of other callers":
          {
            AZKVAuditLogs: [
              byApp(200),
              ...times(50, () => byApp(403)),
              ...times(5, () => azure.vaultCall(vault, 403)),
              ...times(50, () => azure.vaultCall(vault, 401)),
              azure.vaultCall(vault, 200, { OperationName: "SecretSet" }),
              azure.vaultCall(`${vault}x`, 200),
            ],
          },
      },
    },
    exceptions: {
      fires: {
        "the host had exceptions in four periods of five minutes": firing(
          { exceptions: [1, 6, 11, 16].map((minutes) => azure.exception(minutes)) },
          { cause: "System.Threading.Tasks.TaskCanceledException" },
        ),
        "the app had an unexpected error": firing(events(unavailable("internal-error")), {
          cause: "internal-error",
        }),
      },
      quiet: {
        "a deployment caused 50 exceptions within ten minutes": {
          exceptions: times(50, (i) => azure.exception(6 + i / 5)),
        },
        "all exceptions are about bodies that the host refused, or connections that a caller cut off":
          {
            exceptions: [1, 6, 11, 16].flatMap((minutes) => [
              azure.exception(minutes, "Microsoft.AspNetCore.Http.BadHttpRequestException"),
              azure.exception(
                minutes,
                "Microsoft.AspNetCore.Server.Kestrel.Core.BadHttpRequestException",
              ),
              azure.exception(minutes, "Microsoft.AspNetCore.Connections.ConnectionResetException"),
            ]),
          },
        "all exceptions are about headers that are not Latin-1": {
          exceptions: [1, 6, 11, 16].map((minutes) =>
            azure.exception(
              minutes,
              "Microsoft.Azure.WebJobs.Script.Workers.Rpc.RpcException",
              "Result: Failure\nException: Cannot convert argument to a ByteString because the character at index 0 has a value of 8364 which is greater than 255.",
            ),
          ),
        },
        "8x8 answered with an error": events(unavailable("provider-error")),
      },
    },
    "secret-expiry": {
      fires: {
        "one of two secrets expires within 30 days": firing(
          { customEvents: [secretExpiry("a", 179), secretExpiry("b", 29.9)] },
          { secret: "b" },
        ),
        "one instance still has a secret version that expires within 30 days": firing(
          { customEvents: [secretExpiry("a", 179), secretExpiry("a", 20)] },
          { secret: "a" },
        ),
      },
      quiet: {
        "the secret is valid for more than 30 days": {
          customEvents: [secretExpiry("a", 30.1), anotherEvent(secretExpiry("a", 20))],
        },
      },
    },
    "secret-expires-soon": {
      fires: {
        "one of two secrets expires within seven days": firing(
          { customEvents: [secretExpiry("a", 20), secretExpiry("b", 6.9)] },
          { secret: "b" },
        ),
      },
      quiet: {
        "the secret is valid for more than seven days": {
          customEvents: [secretExpiry("a", 7.1)],
        },
      },
    },
  };
};
