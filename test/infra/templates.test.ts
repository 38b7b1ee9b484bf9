import { globSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readProjectFile, root } from "./snapshot.ts";

const files = readdirSync(join(root, "infra"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".bicep"))
  .map((file) => [file, readProjectFile(`infra/${file}`)] as const);
const everything = files.map(([, text]) => text).join("\n");

describe.each(files)("infra/%s", (file, text) => {
  it("says of every parameter whether it is required, and why", () => {
    const blocks = text.split("\n\n").filter((block) => /^param /m.test(block));
    for (const block of blocks) {
      expect(block.match(/^param /gm)).toHaveLength(1);
      expect(block).toMatch(/^@description\('(Required|Optional)\. \S.{15,}'\)$/m);
    }
  });

  it("marks as optional exactly the parameters that have a default or may be null", () => {
    for (const block of text.split("\n\n").filter((block) => /^param /m.test(block)))
      expect(/^param ([^=\n]+ = |.*\?$)/m.test(block)).toBe(
        block.includes("@description('Optional. "),
      );
  });

  it("holds no query, no secret and nothing fetched from elsewhere", () => {
    expect(text).not.toMatch(/customEvents|AZKVAuditLogs|\| where/);
    expect(text).not.toMatch(/\b(listKeys|listSecrets|getSecret)\(|vaults\/secrets@|@secure\(\)/);
    expect(text).not.toMatch(/'(br|ts)[:/]/);
  });

  it("makes a name unique by an id: two companies may have groups of one name", () => {
    expect(text).not.toMatch(/uniqueString\((?!(resourceGroup|subscription)\(\)\.id\b)/);
  });

  it("is read by a template, and says first what it is for", () => {
    expect(text).toMatch(/^\/\/ [A-Z]/);
    const name = file.split("/").at(-1) ?? "";
    if (!["main.bicep", "front.bicep"].includes(name)) expect(everything).toContain(`${name}'`);
  });
});

it.each(globSync("infra/environments/examples/*/*.bicepparam", { cwd: root }))(
  "%s names nobody: each of its ids is one that a deployment refuses",
  (file) => {
    const ids = readProjectFile(file).match(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g) ?? [];
    expect(ids.filter((id) => id !== "11111111-1111-1111-1111-111111111111")).toEqual([]);
  },
);
