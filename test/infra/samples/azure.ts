// Rows that Azure writes, in the format of its tables.
import type { Row } from "../kql-run.ts";
import { minutesAgo } from "./clock.ts";

/** https://learn.microsoft.com/azure/azure-monitor/reference/tables/apprequests */
export function request(
  path: string,
  { minutes = 10, duration = 100, resultCode = "200" } = {},
): Row {
  const url = `https://func-okta8x8-test.azurewebsites.net${path}`;
  return {
    timestamp: minutesAgo(minutes),
    name: "hook",
    url,
    success: resultCode === "200" ? "True" : "False",
    resultCode,
    duration,
  };
}

export function exception(
  minutes: number,
  innermostType = "System.Threading.Tasks.TaskCanceledException",
  innermostMessage = "A task was canceled.",
): Row {
  const type = "Microsoft.Azure.WebJobs.Host.FunctionInvocationException";
  return { timestamp: minutesAgo(minutes), type, innermostType, innermostMessage };
}

export function availabilityResult(success: string, minutes = 10): Row {
  return { timestamp: minutesAgo(minutes), name: "health", success };
}

/**
 * https://learn.microsoft.com/azure/azure-monitor/reference/tables/azkvauditlogs
 * @param vault Resource id of the vault:
 * https://learn.microsoft.com/azure/azure-monitor/logs/log-standard-columns#_resourceid
 */
export function vaultCall(
  vault: string,
  status: number,
  { OperationName = "SecretGet", reader = "", address = "192.0.2.1" } = {},
): Row {
  const Identity = { claim: { appid: "00000000-0000-0000-0000-00000000000a", xms_mirid: reader } };
  const _ResourceId = vault.toLowerCase();
  return {
    TimeGenerated: minutesAgo(10),
    OperationName,
    HttpStatusCode: status,
    Identity,
    CallerIPAddress: address,
    _ResourceId,
  };
}

/** Megabytes: https://learn.microsoft.com/azure/azure-monitor/reference/tables/usage */
export function usage(
  Quantity: number,
  { minutes = 60, IsBillable = true, DataType = "AppEvents" } = {},
): Row {
  return { TimeGenerated: minutesAgo(minutes), DataType, Quantity, IsBillable };
}
