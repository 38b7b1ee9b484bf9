/** @jest-environment <rootDir>/test/infra/kusto-environment.ts */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { callStates, smsStates } from "../../src/8x8/receipt-schemas.ts";
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

/**
 * Replaces placeholders, numbers and resource ids by #, to compare a file with its deployed query.
 */
function numbersLeftOut(query: string): string {
  return query.replaceAll(/\{\w+\}|"\/subscriptions\/[^"]+"|\b\d+\b/g, (found) =>
    found.startsWith('"') ? '"#"' : "#",
  );
}

/** Names in the column Identity of the vault's log: claims of the caller's token. */
const claims = ["claim", "xms_mirid"];

/** Every string that the app can write into an event or metric, and other strings in queries. */
function vocabulary(): ReadonlySet<string | undefined> {
  return new Set([
    ...[
      "otp-delivery",
      "otp-receipt",
      "otp-outcome",
      "okta-fallback",
      "okta-hook-failed",
      "secret-expiry",
    ],
    ...[...smsStates, ...callStates, "sms", "voice", "verified", "true", "false"],
    ...[...Object.keys(reasons), ...Object.values(reasons).flat()],
    // The reasons for a channel that is off end with this.
    "-off",
    // Routes, success of an availability test, and names of the reporters.
    ...["/api/okta/telephony", "/api/health", "1", "host", "hook", "okta"],
    // Okta's reason for a failed hook.
    "timeout",
    // The host's exceptions if it refuses a body or if a caller cuts the body off.
    ...["BadHttpRequestException", "ConnectionResetException"],
    // The operation that reads a secret, and the ids of the vaults and of the app's identities.
    ...["SecretGet", ...withAlerts.map((it) => one(main[it], "Microsoft.KeyVault/vaults").id)],
    ...withAlerts.map(appIdentityOf),
    // Steps of a code in the workbook's search.
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

  it("the query reads only properties of the app's events and of the vault's log", () => {
    expect(query.dimensions.filter((name) => ![...dimensions, ...claims].includes(name))).toEqual(
      [],
    );
  });

  it("the query compares only with values that the app or Azure can write", () => {
    const known = vocabulary();
    expect(query.literals.filter((literal) => !known.has(literal))).toEqual([]);
  });

  it("the query is in the deployed resources of every example that uses it", () => {
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

it("alerts name every reason for a rejected or unavailable code, except the listed ones", () => {
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
  "every log alert of %s has a query from a file, and measures a column or counts the rows of the result",
  (environment) => {
    const files = alertFiles.map(readProjectFile).map(numbersLeftOut);
    for (const alert of all(main[environment], "Microsoft.Insights/scheduledQueryRules")) {
      const [criterion] = list(alert, "properties.criteria.allOf");
      const query = text(criterion, "query");
      expect(query).not.toMatch(/\{\w+\}/);
      expect(files).toContain(numbersLeftOut(query));
      const measure = at(criterion, "metricMeasureColumn");
      const isCount = at(criterion, "timeAggregation") === "Count";
      expect(isCount ? [undefined] : parseQuery(query).columns).toContain(measure ?? undefined);
    }
  },
);

describe("codes.workbook.json", () => {
  const workbook: unknown = JSON.parse(
    text(one(main.prod, "Microsoft.Insights/workbooks"), "properties.serializedData"),
  );
  const items = list(workbook, "items");
  const queries = items.filter((item) => at(item, "type") === 3);
  const parameters = items
    .flatMap((item) => list(item, "content.parameters"))
    .map((item) => text(item, "name"));

  it("the workbook shows every query of infra/queries/workbook, each with a title", () => {
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

  it("the workbook shows each query on one of its pages", () => {
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

  it("the workbook has exactly the parameters that its queries use", () => {
    const used = queries.flatMap((item) => parseQuery(text(item, "content.query")).placeholders);
    expect([...new Set(used)].sort()).toEqual(parameters.toSorted());
  });

  it("the workbook's search reads Okta's ids, and shows no phone number or code", () => {
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
    "a parameter that does not exist",
    "requests | where duration > {Duration}",
    "Client parameters",
  ],
])("parseQuery refuses %s", (_, query, error) => {
  expect(() => parseQuery(query)).toThrow(error);
});
