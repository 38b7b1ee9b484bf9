import { main, one, readProjectFile } from "../infra/snapshot.ts";
import { read } from "./markdown.ts";

const [recipe = ""] =
  /^## A machine that reaches the vault$[^]*?(?=^## )/m.exec(read("docs/network.md")) ?? [];
const named = (pattern: RegExp) => new Set([...recipe.matchAll(pattern)].map(([, name]) => name));

test("docs/network.md names the template's network, subnet and output", () => {
  const network = one(main.prod, "Microsoft.Network/virtualNetworks");
  expect(named(/--vnet-name (vnet-okta\S+)/g)).toEqual(new Set([network.name]));
  expect(named(/vnet subnet show .* -n (\S+)/g)).toEqual(new Set(["operators"]));
  expect(readProjectFile("infra/modules/network.bicep")).toContain("name: 'operators'");
  expect(named(/properties\.outputs\.(\w+)\.value/g)).toEqual(new Set(["vaultName"]));
  expect(main.prod.outputs).toHaveProperty("vaultName");
});

test("the steps in docs/network.md store three kinds of secrets that seed-secrets.sh knows", () => {
  const kinds = [...named(/^ +scripts\/seed-secrets\.sh "\$vault" (\S+)$/gm)];
  expect(kinds).toEqual(["hook-secret", "8x8-key", "hash-key"]);
  const script = readProjectFile("scripts/seed-secrets.sh");
  for (const kind of kinds) expect(script).toContain(`${kind ?? ""}) name=`);
});
