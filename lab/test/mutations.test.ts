// What npm run mutate:infra will do: that the tests catch it takes minutes to see, that it can be done at all does not.
import { areas } from "../mutations/areas.ts";
import { readProjectFile } from "../../test/infra/snapshot.ts";

const mutations = areas.flatMap((area) => area.mutations);

it("there are eighty dangerous changes at least, none twice", () => {
  const changes = mutations.map(({ file, before, after }) => [file, before, after].join("\n"));
  expect(new Set(changes).size).toBe(changes.length);
  expect(changes.length).toBeGreaterThanOrEqual(80);
});

it.each(areas)("those of $name fit their files, change something, and say what would happen", ({ mutations }) => {
  const occurrences = mutations.map(({ file, before }) => [before, readProjectFile(file).split(before).length - 1]);
  expect(occurrences.filter(([, count]) => count !== 1)).toEqual([]);
  for (const { before, after, because } of mutations) {
    expect(after).not.toBe(before);
    expect(because).toMatch(/^[A-Z\d].{15,}\.$/);
  }
});
