// What npm run mutate:infra will do: that the tests catch it takes minutes to see, that it can be
// done at all does not.
import { mutationsOf, rule } from "../../tools/mutations/mutation.ts";
import { inRounds } from "../../tools/mutations/sample.ts";
import { allMutations, sources } from "../../tools/mutations/sources.ts";

const all = allMutations();

it("every rule finds something to change", () => {
  const made = new Set(all.map(({ source, kind }) => `${source.name} ${kind}`));
  const wanted = [
    "boolean",
    "number",
    "dependsOn",
    "condition",
    "permission",
    "bound",
    "output",
    "word",
  ];
  expect(wanted.filter((kind) => !made.has(`templates ${kind}`))).toEqual([]);
  expect(sources.filter(({ name }) => !all.some(({ source }) => source.name === name))).toEqual([]);
  expect(all.length).toBeGreaterThan(3000);
});

it("no change is there twice", () => {
  const changes = all.map(({ file, start, before, after }) =>
    [file, start, before, after].join("\n"),
  );
  expect(changes.length - new Set(changes).size).toBe(0);
});

it("a rule writes each of its texts in place of what it finds, and cuts it where it has none", () => {
  const made = (...rules: Parameters<typeof mutationsOf>[2]) =>
    mutationsOf("a.sh", "set -e\n# set -x\nset -u\n", rules);
  expect(made(rule("option", / -(\w)/g, " +$1", " $&"))).toEqual([
    { file: "a.sh", kind: "option", start: 3, before: " -e", after: " +e" },
    { file: "a.sh", kind: "option", start: 3, before: " -e", after: "  -e" },
    { file: "a.sh", kind: "option", start: 19, before: " -u", after: " +u" },
    { file: "a.sh", kind: "option", start: 19, before: " -u", after: "  -u" },
  ]);
  expect(made(rule("cut", /set -u\n/g)).map(({ after }) => after)).toEqual([""]);
});

it("a sample holds one of each kind before it holds a second of any, and is the same for the same seed", () => {
  const letters = ["a1", "a2", "a3", "b1", "c1"];
  const rounds = inRounds(letters, (one) => one.slice(0, 1), 7);
  expect(new Set(rounds.slice(0, 3).map((one) => one.slice(0, 1)))).toEqual(
    new Set(["a", "b", "c"]),
  );
  expect([...rounds].sort()).toEqual(letters);
  expect(inRounds(letters, (one) => one.slice(0, 1), 7)).toEqual(rounds);
});
