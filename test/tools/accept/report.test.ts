import { readFileSync } from "node:fs";
import { assumptions } from "../../../tools/accept/assumptions.ts";
import type { Entry } from "../../../tools/accept/finding.ts";
import { describe as describeReport } from "../../../tools/accept/report.ts";
import { help } from "../../../tools/accept/usage.ts";

const at = "2026-11-29T12:00:00Z";
const startedAt = new Date("2026-11-29T11:59:00Z");
const reportOf = (environment: string, entries: readonly Entry[] = []) =>
  describeReport({ environment, startedAt, assumptions, entries });
const notAsked = (id: string, seen: string): Entry => ({
  id,
  verdict: "not tried",
  why: "not asked",
  seen,
  at,
});

test("a laptop's report shows nothing about the company's Okta, 8x8 or Azure, and says so", () => {
  expect(reportOf("local")).toContain("It shows nothing about your Okta, 8x8 or Azure.");
  expect(reportOf("local")).toContain("4. Deploy the app (docs/deploy.md).");
  expect(reportOf("dev")).not.toContain("stand-ins");
});

test("the suggested command has --force if codes were sent in the last day", () => {
  const asked = (seen: string) => reportOf("dev", [notAsked("app-restart", seen)]);
  expect(asked("Codes were sent in the last day. Add --force.")).toContain(
    "`npm run accept -- dev --restart --force`",
  );
  expect(asked("--restart tries it.")).toContain("`npm run accept -- dev --restart`");
});

test("without an option that would try it, the report refers to the assumption's line", () => {
  const report = reportOf("local", [notAsked("8x8-sender", "No person said who it came from.")]);
  expect(report).toContain("Not asked for (1): the line of each says why.");
});

test("docs/live.md and --help say what the run requires", () => {
  const live = readFileSync("docs/live.md", "utf8");
  // The steps before it sent codes.
  expect(live).toMatch(/^ +npm run accept -- dev --restart --cold-start --force$/m);
  expect(help.replaceAll("\n", " ")).toContain("local includes --phone and --sign-in");
});
