import { globSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readProjectFile, root } from "./snapshot.ts";

const files = readdirSync(join(root, "infra"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".bicep"))
  .map((file) => [file, readProjectFile(`infra/${file}`)] as const);
const everything = files.map(([, text]) => text).join("\n");

describe.each(files)("infra/%s", (file, text) => {
  it("describes every parameter, and states whether it is required", () => {
    const blocks = text.split("\n\n").filter((block) => /^param /m.test(block));
    for (const block of blocks) {
      expect(block.match(/^param /gm)).toHaveLength(1);
      expect(block).toMatch(/^@description\('(Required|Optional)\. \S.{15,}'\)$/m);
    }
  });

  it("marks as Optional exactly the parameters that have a default or may be null", () => {
    for (const block of text.split("\n\n").filter((block) => /^param /m.test(block)))
      expect(/^param ([^=\n]+ = |.*\?$)/m.test(block)).toBe(
        block.includes("@description('Optional. "),
      );
  });

  it("contains no query, no secret and nothing loaded from elsewhere", () => {
    expect(text).not.toMatch(/customEvents|AZKVAuditLogs|\| where/);
    expect(text).not.toMatch(/\b(listKeys|listSecrets|getSecret)\(|vaults\/secrets@|@secure\(\)/);
    expect(text).not.toMatch(/'(br|ts)[:/]/);
  });

  it("makes global names unique by an id, because two companies may use the same group name", () => {
    expect(text).not.toMatch(/uniqueString\((?!(resourceGroup|subscription)\(\)\.id\b)/);
  });

  it("is used, and begins with a comment on its purpose", () => {
    expect(text).toMatch(/^\/\/ [A-Z]/);
    const name = file.split("/").at(-1) ?? "";
    if (!["main.bicep", "front.bicep"].includes(name)) expect(everything).toContain(`${name}'`);
  });
});

it.each(globSync("infra/environments/examples/*/*.bicepparam", { cwd: root }))(
  "%s has only ids that a deployment refuses",
  (file) => {
    const ids = readProjectFile(file).match(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g) ?? [];
    expect(ids.filter((id) => id !== "11111111-1111-1111-1111-111111111111")).toEqual([]);
  },
);
