import { globSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readProjectFile, root } from "./snapshot.ts";

const files = readdirSync(join(root, "infra"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".bicep"))
  .map((file) => [file, readProjectFile(`infra/${file}`)] as const);

describe.each(files)("infra/%s", (_, text) => {
  it("the template contains no secret, and loads no module from a registry", () => {
    expect(text).not.toMatch(/\b(listKeys|listSecrets|getSecret)\(|vaults\/secrets@|@secure\(\)/);
    expect(text).not.toMatch(/'(br|ts)[:/]/);
  });

  it("the template derives unique names from an id, because two resource groups can have the same name", () => {
    expect(text).not.toMatch(/uniqueString\((?!(resourceGroup|subscription)\(\)\.id\b)/);
  });
});

it.each(globSync("infra/environments/examples/*/*.bicepparam", { cwd: root }))(
  "%s contains no id except the example id, which a deployment refuses",
  (file) => {
    const ids = readProjectFile(file).match(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g) ?? [];
    expect(ids.filter((id) => id !== "11111111-1111-1111-1111-111111111111")).toEqual([]);
  },
);
