import { differencesAsAssumed, judgeWorlds } from "./judge-worlds.ts";
import { worldsOfStarts } from "./worlds-of-starts.ts";
import { worldsOfTheApp } from "./worlds-of-the-app.ts";

judgeWorlds([
  ["the app", worldsOfTheApp],
  ["a start", worldsOfStarts],
]);

test("no assumption differs in a world where all is as assumed", async () => {
  expect(await differencesAsAssumed()).toEqual([]);
});
