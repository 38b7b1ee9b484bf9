import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { forbiddenIn } from "../../../tools/check-environment/values-file.ts";

const project = mkdtempSync(join(tmpdir(), "values-file-"));
const folder = join(project, "environments/prod");
mkdirSync(folder, { recursive: true });
afterAll(() => {
  rmSync(project, { recursive: true });
});

const templates = relative(folder, resolve("infra"));
const using = `using '${templates}/main.bicep'\n`;
function check(text: string | Buffer, name = "main.bicepparam"): readonly string[] {
  writeFileSync(join(folder, name), text);
  return forbiddenIn(join(folder, name));
}

test.each([
  [
    "main.bicepparam",
    `${using}// Loaded from (no file), with the defaults.
param placeholders = readEnvironmentVariable('PLACEHOLDERS', 'refused')
param inputs = readEnvironmentVariable('INPUTS_SHA256', '')
param extraTags = { 'load (kW)': '4', getFit: 'import \\'x\\'', Zürich: 'ja' }\n`,
  ],
  ["bootstrap.bicepparam", `using '${templates}/bootstrap/main.bicep'\n`],
  ["front.bicepparam", `using '${templates}/front.bicep'\n`],
])("forbiddenIn() accepts the values in %s", (name, text) => {
  expect(check(text, name)).toEqual([]);
});

test.each([
  [
    "loadTextContent",
    "param runbookUrl = loadTextContent('../../../../.azure/msal_token_cache.json')",
  ],
  ["loadJsonContent", "param extraTags = sys.loadJsonContent /* why */ ('x.json')"],
  ["loadFileAsBase64", "param workload = 'a${loadFileAsBase64('/etc/passwd')}'"],
  ["readEnvironmentVariable", "param inputs = readEnvironmentVariable('GH_TOKEN', '')"],
  ["readEnvironmentVariable", "param inputs = readEnvironmentVariable('PLACEHOLDERS${'x'}')"],
  ["externalInput", "param inputs = externalInput('sys.envVar', 'GH_TOKEN')"],
  ["import", "import { leak } from 'leak.bicep'"],
  ["import", "/* ours */ import * as others from '../leak.bicep'"],
  ["extends", "extends '../base.bicepparam'"],
  ["extension", "extension 'br:acme.azurecr.io/x:1'"],
])("forbiddenIn() refuses %s in every file: %s", (word, line) => {
  expect(check(`${using}${line}\n`)).toEqual([
    `main.bicepparam has ${word}, which reads from outside the file. Write the value into the file.`,
  ]);
  for (const name of ["bootstrap", "front"])
    expect(check(line, `${name}.bicepparam`).join("\n")).toContain(
      `${name}.bicepparam has ${word},`,
    );
});

test.each([
  "using '../../x.bicep'",
  `/* ${using.trim()} */ using/**/'leak.bicep'`,
  `// ${using}using none`,
  "param x = 'y'",
  // The compiler reads the second line, because the first and the third are comments.
  `// using /*\nusing '../other.bicep'\n// */ ${using.trim()}`,
  `${using.trim()} // ours`,
  ` ${using.trim()}`,
  `${using}// using`,
])("forbiddenIn() refuses a main.bicepparam that does not use main.bicep: %s", (line) => {
  expect(check(`${line}\n`)).toEqual([
    expect.stringContaining(
      `main.bicepparam may use another template. Write the word using only once, in this line: ${using.trim()}`,
    ),
  ]);
});

test("forbiddenIn() names the lines that have the word using a second time", () => {
  expect(check(`${using}\n// using x\nusing 'y'\n`)).toEqual([
    expect.stringMatching(/main\.bicep' \(the word is also in line 3, 4\)$/),
  ]);
});

test("forbiddenIn() refuses a file in UTF-16", () => {
  const utf16 = Buffer.from(`\uFEFF${using}param inputs = loadTextContent('x')\n`, "utf16le");
  expect(check(utf16)).toEqual(["main.bicepparam is not UTF-8."]);
});

test.each([
  ["environments/prod", '{ "moduleAliases": {} }'],
  ["environments", '{ "extensions": { "x": "br:acme.azurecr.io/x:1" } }'],
  [".", '{ "experimentalFeaturesEnabled": {} }'],
  [".", "not JSON"],
])("forbiddenIn() refuses a bicepconfig.json in %s with %s", (parent, text) => {
  const file = join(project, parent, "bicepconfig.json");
  writeFileSync(file, text);
  const findings = check(using);
  rmSync(file);
  expect(findings).toEqual([
    expect.stringMatching(/bicepconfig\.json can change what a template is read from\. /),
  ]);
});

test("forbiddenIn() accepts a bicepconfig.json that configures only the linter", () => {
  const file = join(project, "bicepconfig.json");
  writeFileSync(file, '{ "analyzers": { "core": { "enabled": false } }, "formatting": {} }');
  expect(check(using)).toEqual([]);
  rmSync(file);
});
