/** @jest-environment <rootDir>/test/infra/kusto-environment.ts */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { callStates } from "../../src/8x8/session-summary.ts";
import { smsStates } from "../../src/8x8/sms-receipt.ts";
import { reasons } from "../reasons.ts";
import { deployedQuery } from "./alerts.ts";
import { dimensions, parameters as typed } from "./kql-schema.ts";
import { parseQuery } from "./kql.ts";
import {
  all,
  at,
  environments,
  list,
  main,
  one,
  readProjectFile,
  root,
  text,
  withAlerts,
} from "./snapshot.ts";

function queryFiles(folder: string): readonly string[] {
  return readdirSync(join(root, "infra/queries", folder)).map(
    (file) => `infra/queries/${folder}/${file}`,
  );
}
const alertFiles = queryFiles("alerts");
const workbookFiles = queryFiles("workbook");

/** A name in braces, a number and a resource's id are the same thing here. */
function numbersLeftOut(query: string): string {
  return query.replaceAll(/\{\w+\}|"\/subscriptions\/[^"]+"|\b\d+\b/g, (found) =>
    found.startsWith('"') ? '"#"' : "#",
  );
}

/** Of the vault's log, Identity: what its caller's token said. */
const claims = ["claim", "xms_mirid"];

/**
 * Every string that the code can put into an event or a metric, and what queries look for besides.
 */
function vocabulary(): ReadonlySet<string | undefined> {
  return new Set([
    ...[
      "otp-delivery",
      "otp-receipt",
      "otp-outcome",
      "okta-fallback",
      "okta-hook-failed",
      "secret-days-left",
    ],
    ...[...smsStates, ...callStates, "sms", "voice", "verified", "true", "false"],
    ...[...Object.keys(reasons), ...Object.values(reasons).flat()],
    // The end of the reason of each channel that is off.
    "-off",
    // Routes, an availability test's success, and who reports something.
    ...["/api/okta/telephony", "/api/health", "1", "host", "hook", "okta"],
    // How the events of Okta are counted that an instance does not take.
    "too-many-events",
    // Why Okta logged a hook as failed.
    "timeout",
    // What the host throws for a body that it refuses or that is cut off.
    ...["BadHttpRequestException", "ConnectionResetException"],
    // The vault and its operation, and the identity whose reads are none of an alert's business.
    ...["SecretGet", ...withAlerts.map((it) => one(main[it], "Microsoft.KeyVault/vaults").id)],
    ...withAlerts.map(appIdentityOf),
    // What the workbook calls a step of a code's way, and what it is searched by.
    ...["asked, ", "used", "sent by Okta", " ", typed["Search"]],
  ]);
}

function appIdentityOf(environment: (typeof withAlerts)[number]): string {
  const identities = at(
    one(main[environment], "Microsoft.Web/sites"),
    "identity.userAssignedIdentities",
  );
  return Object.keys(identities as object)[0] ?? "";
}

describe.each([...alertFiles, ...workbookFiles])("%s", (file) => {
  const query = parseQuery(deployedQuery(file));

  it("names dimensions that our event has", () => {
    expect(query.dimensions.filter((name) => ![...dimensions, ...claims].includes(name))).toEqual(
      [],
    );
  });

  it("looks for values that the code can send", () => {
    const known = vocabulary();
    expect(query.literals.filter((literal) => !known.has(literal))).toEqual([]);
  });

  it("is loaded into what is deployed, in every environment that has it", () => {
    for (const environment of file.includes("/alerts/") ? withAlerts : environments) {
      const query = deployedQuery(file, environment);
      const { predictedResources } = main[environment];
      const escaped = JSON.stringify(query).slice(1, -1);
      const inside = JSON.stringify(predictedResources);
      expect(
        inside.includes(escaped) || inside.includes(JSON.stringify(escaped).slice(1, -1)),
      ).toBe(true);
    }
  });
});

it("a reason why 8x8 or the hook sends nothing has an alert of its own, or is one of those that count with all others", () => {
  const named = alertFiles.flatMap((file) => parseQuery(deployedQuery(file)).literals);
  const among = [...reasons.rejected, ...reasons.unavailable];
  const counted = [
    ...[
      "invalid-number",
      "invalid-text",
      "invalid-voice",
      "invalid-request",
      "expired-at-provider",
      "resend-interval",
    ],
    ...[
      "insecure-protocol",
      "rejected-by-provider",
      "unreachable",
      "deadline-before-sending",
      "rate-limited",
    ],
    ...["provider-error", "redirected", "keys-not-loaded", "settings-wrong"],
  ];
  expect(among.filter((reason) => !named.includes(reason)).sort()).toEqual(counted.sort());
});

it.each(withAlerts)(
  "every alert's measure is a column of its query, and nothing is queried but files, with numbers for their names (%s)",
  (environment) => {
    const files = alertFiles.map(readProjectFile).map(numbersLeftOut);
    for (const alert of all(main[environment], "Microsoft.Insights/scheduledQueryRules")) {
      const [criterion] = list(alert, "properties.criteria.allOf");
      const query = text(criterion, "query");
      expect(query).not.toMatch(/\{\w+\}/);
      expect(files).toContain(numbersLeftOut(query));
      const measure = at(criterion, "metricMeasureColumn");
      if (typeof measure === "string") expect(parseQuery(query).columns).toContain(measure);
      else expect(at(criterion, "timeAggregation")).toBe("Count");
    }
  },
);

describe("the workbook", () => {
  const workbook: unknown = JSON.parse(
    text(one(main.prod, "Microsoft.Insights/workbooks"), "properties.serializedData"),
  );
  const items = list(workbook, "items");
  const queries = items.filter((item) => at(item, "type") === 3);
  const parameters = items
    .flatMap((item) => list(item, "content.parameters"))
    .map((item) => text(item, "name"));

  it("shows every query of its folder under a title", () => {
    expect(
      queries.map((item) => `infra/queries/workbook/${text(item, "name")}.kql`).sort(),
    ).toEqual([...workbookFiles].sort());
    for (const item of queries) {
      expect(text(item, "content.query")).toBe(
        readProjectFile(`infra/queries/workbook/${text(item, "name")}.kql`),
      );
      expect(text(item, "content.title")).not.toBe("");
      expect(at(item, "content.timeContextFromParameter")).toBe("TimeRange");
    }
  });

  it("shows each query on one of its pages", () => {
    const tabs = items.flatMap((item) => list(item, "content.links"));
    expect(new Set(tabs.map((tab) => at(tab, "cellValue")))).toEqual(new Set(["Page"]));
    const pages = queries.map((item) => at(item, "conditionalVisibility"));
    const wanted = tabs.map((tab) => ({
      parameterName: "Page",
      comparison: "isEqualTo",
      value: at(tab, "subTarget"),
    }));
    expect(new Set(pages.map((page) => JSON.stringify(page)))).toEqual(
      new Set(wanted.map((page) => JSON.stringify(page))),
    );
  });

  it("has every parameter that a query uses, and no other", () => {
    const used = queries.flatMap((item) => parseQuery(text(item, "content.query")).placeholders);
    expect([...new Set(used)].sort()).toEqual(parameters.toSorted());
  });

  it("finds a user by Okta's ids, and shows neither number nor code", () => {
    const search = parseQuery(readProjectFile("infra/queries/workbook/search.kql"));
    expect(search.dimensions).toEqual(
      expect.arrayContaining(["oktaUserId", "oktaRequestId", "eventId"]),
    );
    expect(search.columns.join(" ")).not.toMatch(/phone|number|otp|text/i);
  });
});

it.each([
  [
    "a column that does not exist",
    "customEvents | where nam == 1",
    "The name 'nam' does not refer to any known column",
  ],
  [
    "a parameter that nobody can type",
    "requests | where duration > {Duration}",
    "Client parameters",
  ],
])("the reader of queries refuses %s", (_, query, error) => {
  expect(() => parseQuery(query)).toThrow(error);
});
