import type { Report } from "../host/observer.ts";
import { rememberBy } from "../../sandbox/remembering.ts";
import { pageHeader } from "./hooks.ts";
import type { Traffic } from "./traffic.ts";

export interface Reports {
  readonly report: (report: Report) => void;
  /** Returns n of the hook request with this number at the host. */
  readonly hookOfCall: (call: number) => number | undefined;
}

/** @param sentByPage Returns n of the request that the page sent with this header. */
export function createReports(
  traffic: () => Traffic,
  sentByPage: (header: string | undefined) => number | undefined,
): Reports {
  const hooks = new Map<number, { readonly n: number; readonly fromPage: boolean }>();
  return {
    hookOfCall: (call) => hooks.get(call)?.n,
    report(report) {
      switch (report.kind) {
        case "request": {
          if (report.function !== "telephony-hook") return;
          const { call, headers, body } = report;
          const known = sentByPage(headers[pageHeader]);
          rememberBy(hooks, call, {
            n: known ?? traffic().begin("outside", { headers, body }),
            fromPage: known !== undefined,
          });
          return;
        }
        case "wrong-path":
          traffic().wrongPath(report.method, report.path);
          return;
        case "event":
          traffic().event(
            report.call === undefined ? undefined : hooks.get(report.call)?.n,
            report,
          );
          return;
        case "answer": {
          const hook = hooks.get(report.call);
          // For requests from the page, the page's server measures the time.
          if (hook !== undefined && !hook.fromPage) traffic().answer(hook.n, report);
        }
      }
    },
  };
}
