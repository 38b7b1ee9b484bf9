// What a preview can show: everything but what Azure alone knows before it has made a resource.
import { globSync } from "node:fs";
import { environments, leaves, main, readProjectFile, root, text } from "./snapshot.ts";

// Resources that exist already, or will; what is said of each is what Azure makes up.
const fromIdentity = /^reference\('[^']*\/userAssignedIdentities\/id-okta8x8-\w+', '[\d-]+'\)\.(principalId|clientId)$/;
const fromModule =
  /^reference\(resourceId\('[^']+', '[^']+', 'Microsoft\.Resources\/deployments', .*\)\.outputs\.(\w+)\.value$/;
const whatAzureKnows = ["connectionString", "hostName", "outboundAddress"];

/** Where a value is a reference: the reference itself, without the text around it. */
function referenceIn(value: string): string | undefined {
  const start = value.indexOf("reference(");
  if (start < 0) return undefined;
  return value.slice(start).replace(value.startsWith("[format(") ? /\)\]$/ : /\]$/, "");
}

describe.each(environments)("the snapshot (%s)", (environment) => {
  const { predictedResources, outputs } = main[environment];
  const values = [...leaves({ predictedResources, outputs })]
    .map(({ value }) => value)
    .filter((value): value is string => typeof value === "string");

  it("refers to nothing but ids of the identity, the connection string, the host name and the static address", () => {
    const references = values.flatMap((value) => referenceIn(value) ?? []);
    expect(references.length).toBeGreaterThan(0);
    const unknown = references.filter(
      (reference) => !fromIdentity.test(reference) && !whatAzureKnows.includes(fromModule.exec(reference)?.[1] ?? ""),
    );
    expect(unknown).toEqual([]);
  });

  it("leaves open only the cloud's own names and the tenant beside them", () => {
    const open = values.filter((value) => value.startsWith("[") && referenceIn(value) === undefined);
    expect(open.filter((value) => !/environment\(\)\.suffixes\.|^\[tenant\(\)\.tenantId\]$/.test(value))).toEqual([]);
  });

  it("names every resource in words, but for the zones of that cloud", () => {
    const open = predictedResources.filter((resource) => text(resource, "id").startsWith("["));
    expect(open.filter(({ type }) => !type.startsWith("Microsoft.Network/privateDnsZones"))).toEqual([]);
  });
});

it.each(globSync("infra/environments/examples/*/*.bicepparam", { cwd: root }))(
  "%s names nobody: each of its ids is one that a deployment refuses",
  (file) => {
    const ids = readProjectFile(file).match(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g) ?? [];
    expect(ids.filter((id) => id !== "11111111-1111-1111-1111-111111111111")).toEqual([]);
  },
);
