import { readFileSync } from "node:fs";
import { assumptions } from "../../../tools/accept/assumptions.ts";
import type { Assumption } from "../../../tools/accept/assumption.ts";
import { redact, type Entry } from "../../../tools/accept/finding.ts";
import { describe as describeReport, summaryOf } from "../../../tools/accept/report.ts";
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
  expect(reportOf("local")).toContain("It shows nothing about your Okta, 8x8 or Azure");
  expect(reportOf("local")).not.toContain("## For a person to check");
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

test("if no option can test an assumption, the next steps refer to its line in the report", () => {
  const report = reportOf("local", [notAsked("8x8-sender", "No person said who it came from.")]);
  expect(report).toContain("Not asked for (1): see the reason in each line below.");
});

test("docs/live.md and --help say what the run requires", () => {
  const live = readFileSync("docs/live.md", "utf8");
  // The steps before it sent codes.
  expect(live).toMatch(/^ +npm run accept -- dev --restart --cold-start --force$/m);
  expect(help.replaceAll("\n", " ")).toContain("local includes --phone and --sign-in");
});

test("a report starts with the next steps, and marks entries from earlier runs", () => {
  const at = "2026-11-02T10:00:00.000Z";
  const row = {
    says: "It is so.",
    documented: "It is so.",
    source: { url: "https://example.com", read: "2026-11-28" },
    ifFalse: "It is not.",
    attempt: () => Promise.reject(new Error("A report tries nothing.")),
  };
  const all: Assumption[] = [
    { ...row, id: "one" },
    { ...row, id: "sms", needs: "phone" },
    { ...row, id: "off" },
    { ...row, id: "look", look: "Look.", passes: "it is there." },
  ];
  const entry = (id: string, more: Partial<Entry>): Entry => ({
    id,
    verdict: "not tried",
    seen: "…",
    at,
    ...more,
  });
  const entries = [
    entry("one", { verdict: "differs", at: "2026-11-01T10:00:00.000Z" }),
    entry("sms", { why: "not asked" }),
    entry("off", { why: "not set up" }),
    entry("look", { why: "look" }),
  ];
  const startedAt = new Date(at);
  const environment = "<environment>";
  const text = describeReport({ environment, startedAt, assumptions: all, entries });
  const [, , summary, , ...steps] = text.split("\n", 8);
  expect(summary).toBe("**Not as assumed: 0 hold, 1 differ, 2 unknown, 1 not set up.**");
  expect(steps).toEqual([
    "1. Differs: `one`. Fix the cause that each line names, then run `npm run accept -- <environment>` again.",
    "2. Could not be reached: none. Waits for another result: none.",
    expect.stringMatching(
      /^3\. Not asked for \(1\): run `npm run accept -- <environment> --phone \+…`\. .*\. Not set up: `off`\.$/,
    ),
    expect.stringContaining('`npm run accept -- <environment> --saw <id> yes "what you saw"`'),
  ]);
  expect(text).toContain("- **one** (2026-11-01 10:00, older than this run)");
  const whole = { environment, startedAt, assumptions: all, entries };
  expect(text).not.toContain("was stopped");
  const good = entries.slice(2, 3).concat(entry("one", { verdict: "holds" }));
  const untried = entries.filter(({ id }) => id !== "sms");
  const stopped = describeReport({ ...whole, entries: untried, tried: 3 });
  expect(stopped).toContain("**Not as assumed: 0 hold");
  expect(stopped).toContain("was stopped after 3 of 4 assumptions");
  expect(stopped).toContain("Not tested yet: `sms`. Run `npm run accept -- <environment>` again.");
  expect(summaryOf(all.slice(0, 2), good, 1)).toMatch(/^Not finished: 1 hold/);
  expect(summaryOf(all.slice(0, 2), good)).toMatch(/^All is as assumed: 1 hold, .*1 not set up/);
});

test("a report hides numbers, secrets, hosts, people, ids and resources, and keeps findings", () => {
  const secret = "hook secret of nobody";
  const text =
    `to +12025550123 with ${secret} in kv-octo-7x at func-a.azurewebsites.net, acme.okta.com, by ann@octo.org ` +
    "of 0b1c2d3e-0000-4000-8000-1234567890ab, 00uyxxSknGtK8022w0g3 in rg-acme, infra/environments/acme/okta.json";
  for (const host of ["acme.okta-emea.com", "acme.okta-gov.com", "acme.okta.mil"])
    expect(redact(`GET https://${host}/api/v1`, [])).toBe("GET https://…/api/v1");
  expect(redact(text, [secret])).toBe(
    "to … with … in … at …, …, by … of …, … in …, infra/environments/…/okta.json",
  );
  const seen =
    "HTTP 404, code 1300, E0000135; 0.4 min, azurefunctions 4.1049.0.0, /api/okta/telephony 404";
  expect(redact(seen, [secret])).toBe(seen);
});
