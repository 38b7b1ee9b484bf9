import { judgeWorlds } from "./judge-worlds.ts";
import { worldsOfAzure } from "./worlds-of-azure.ts";
import { worldsOfOkta } from "./worlds-of-okta.ts";

judgeWorlds([
  ["Azure", worldsOfAzure],
  ["Okta", worldsOfOkta],
]);
