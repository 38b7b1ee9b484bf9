/** @jest-environment <rootDir>/test/infra/kusto-environment.ts */
// A reason that the code learns to send has to be sorted here into every query that goes by reasons.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { guardReasons, isAbuse, refusedReasons, rejectedReasons } from "../../src/delivery/outcome.ts";
import type { HookResult } from "../../src/okta/telephony-answer.ts";
import { reasons } from "../reasons.ts";
import { deployedQuery } from "./alerts.ts";
import { parseQuery } from "./kql.ts";
import { readProjectFile, root } from "./snapshot.ts";

/** Of one outcome's reasons, those that a query leaves out on purpose: it has to name all others. */
interface Sorted {
  readonly of: HookResult["outcome"];
  readonly leavesOut: readonly string[];
}

const sorted: Readonly<Record<string, Sorted>> = {
  // Named: what is wrong with the key, so that no code at all gets through.
  "alerts/key-rejected": {
    of: "rejected",
    leavesOut: [
      ...["invalid-number", "invalid-sender", "invalid-text", "invalid-voice", "invalid-request"],
      ...["expired-at-provider", "resend-interval", "no-credit", "insecure-protocol", "rejected-by-provider"],
    ],
  },
  // Named: people's own numbers, for which the alert stays quiet. So it does for a channel that is off, whatever its name, and for the
  // guard's refusals, which lift themselves. Any other refusal counts.
  "alerts/refused-spike": {
    of: "refused",
    leavesOut: [
      ...refusedReasons.filter((reason) => isAbuse(reason) || reason.endsWith("-off")),
      ...["impossible-number", ...guardReasons],
    ],
  },
  // Named: enrollments that look like toll fraud, which count where the limit only records too.
  "alerts/guard-refuses": {
    of: "refused",
    leavesOut: [
      ...refusedReasons,
      ...guardReasons.filter((reason) => !/^(?:range-unfinished|country-unfinished|unplanned-country)$/.test(reason)),
    ],
  },
  // Named: the sender, which may be refused in one country alone.
  "alerts/sender-refused": {
    of: "rejected",
    leavesOut: rejectedReasons.filter((reason) => reason !== "invalid-sender"),
  },
  // Named: the credit, without which no code arrives anywhere.
  "alerts/no-credit": { of: "rejected", leavesOut: rejectedReasons.filter((reason) => reason !== "no-credit") },
  // Named: the batch of events that is too large. Of hooks every malformed one counts.
  "alerts/malformed": { of: "malformed", leavesOut: reasons.malformed.filter((reason) => reason !== "too-large") },
  "workbook/senders": { of: "rejected", leavesOut: rejectedReasons.filter((reason) => reason !== "invalid-sender") },
  // Named: the vault. 8x8's own failures are in codes-failing.
  "alerts/vault-unreachable": {
    of: "unavailable",
    leavesOut: [
      ...["unreachable", "deadline-before-sending", "rate-limited", "provider-error", "redirected"],
      ...["keys-not-loaded", "settings-wrong", "internal-error"],
    ],
  },
  // Named: what the code did not expect.
  "alerts/internal-error": {
    of: "unavailable",
    leavesOut: [
      ...["unreachable", "deadline-before-sending", "rate-limited", "provider-error", "redirected"],
      ...["secrets-not-loaded", "keys-not-loaded", "settings-wrong"],
    ],
  },
};

const all = Object.values(reasons).flat();
const queries = ["alerts", "workbook"].flatMap((folder) =>
  readdirSync(join(root, "infra/queries", folder)).map((file) => `${folder}/${file.replace(/\.kql$/, "")}`),
);

function reasonsIn(query: string): readonly string[] {
  return parseQuery(deployedQuery(`infra/queries/${query}.kql`)).literals.filter((it) => all.includes(it));
}

it("every query that goes by reasons is sorted here", () => {
  expect(queries.filter((query) => reasonsIn(query).length > 0).sort()).toEqual(Object.keys(sorted).sort());
});

it.each(Object.entries(sorted))("%s names every reason that it does not leave out", (query, { of, leavesOut }) => {
  expect([...reasonsIn(query), ...leavesOut].sort()).toEqual(reasons[of].toSorted());
});

it("the workbook's table shows every reason there is", () => {
  const { columns, literals } = parseQuery(readProjectFile("infra/queries/workbook/reasons.kql"));
  expect(columns).toEqual(expect.arrayContaining(["Outcome", "Reason"]));
  expect(literals).toEqual(["otp-delivery", "accepted"]);
});
