/** @jest-environment <rootDir>/test/infra/kusto-environment.ts */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { callStates, smsStates } from "../../src/8x8/receipt-schemas.ts";
import { reasons } from "../reasons.ts";
import { deployedQuery, name } from "./alerts.ts";
import { dimensions, parameters as typed } from "./kql-schema.ts";
import { parseQuery } from "./kql.ts";
import { all, at, list, main, one, readProjectFile, root, text } from "./snapshot.ts";

function queryFiles(folder: string): readonly string[] {
  return readdirSync(join(root, "infra/queries", folder)).map(
    (file) => `infra/queries/${folder}/${file}`,
  );
}
const alertFiles = queryFiles("alerts");
const workbookFiles = queryFiles("workbook");

/** Names in the vault log's column Identity, which contains claims of the caller's token. */
const claims = ["claim", "xms_mirid"];

/** Every string that the app, Azure or the query itself can write into a row. */
function vocabulary(): ReadonlySet<string | undefined> {
  const appIdentity = Object.keys(
    at(one(main.prod, "Microsoft.Web/sites"), "identity.userAssignedIdentities") as object,
  );
  return new Set([
    ...["otp-delivery", "otp-receipt", "otp-outcome", "okta-fallback", "okta-hook-failed"],
    "secret-expiry",
    ...[...smsStates, ...callStates, "sms", "voice", "verified", "true", "false"],
    ...[...Object.keys(reasons), ...Object.values(reasons).flat()],
    // Reasons such as voice-off end with this string.
    "-off",
    // Routes, a successful availability test, and the queries' names for sources of events.
    ...["/api/okta/telephony", "/api/health", "1", "host", "hook", "okta"],
    // Okta's reason for a failed hook.
    "timeout",
    // The host's exceptions for a refused body, a lost connection and a malformed header.
    ...["BadHttpRequestException", "ConnectionResetException", "ByteString"],
    // The operation that reads a secret, and the ids of the vault and of the app's identity.
    ...["SecretGet", one(main.prod, "Microsoft.KeyVault/vaults").id, ...appIdentity],
    // The beginning of the user ids of npm run accept, and the queries' words for all countries and
    // for a test.
    ...["00uVerify", "all", "lasting-reason", "none-accepted"],
    // The queries' words for a refusal by the guard, and for a caller who read a secret.
    ...["guard", "read"],
    // The providers, and the word that joins the reasons of two providers.
    ...["8x8", "second-hook", "", " and "],
    typed["Search"],
  ]);
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
});

it("alerts name every reason for a rejected or unavailable code, except the reasons listed here", () => {
  const named = alertFiles.flatMap((file) => parseQuery(deployedQuery(file)).literals);
  const among = [...reasons.rejected, ...reasons.unavailable];
  const counted = [
    ...["invalid-text", "invalid-voice", "invalid-request"],
    ...["insecure-protocol", "unreachable", "deadline-before-sending", "rate-limited"],
    ...["provider-error", "redirected"],
  ];
  expect(among.filter((reason) => !named.includes(reason)).sort()).toEqual(counted.sort());
});

it("every alert about codes ignores the requests of npm run accept", () => {
  const reads = alertFiles.filter((file) => readProjectFile(file).includes("customEvents"));
  // The host counts these requests too.
  expect(reads).toEqual(["infra/queries/alerts/telemetry-silent.kql"]);
});

it("every log alert has the query of its file, with all placeholders replaced, and shows columns of the result", () => {
  const rules = all(main.prod, "Microsoft.Insights/scheduledQueryRules");
  expect(rules.map((rule) => `infra/queries/alerts/${name(rule)}.kql`).sort()).toEqual(
    alertFiles.toSorted(),
  );
  for (const rule of rules) {
    const [criterion] = list(rule, "properties.criteria.allOf");
    const query = text(criterion, "query");
    expect(query).not.toMatch(/\{\w+\}/);
    const shown = list(criterion, "dimensions").map((dimension) => text(dimension, "name"));
    expect(parseQuery(query).columns).toEqual(expect.arrayContaining(shown));
  }
});

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

  it("the workbook shows cold starts and warm memory of its own app", () => {
    const app = one(main.prod, "Microsoft.Web/sites").id;
    const metrics = items.filter((item) => at(item, "type") === 10);
    expect(metrics.map((item) => text(item, "content.metrics.0.metric"))).toEqual([
      "microsoft.web/sites--OnDemandFunctionExecutionCount",
      "microsoft.web/sites--AlwaysReadyUnits",
    ]);
    for (const item of metrics) expect(list(item, "content.resourceIds")).toEqual([app]);
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
