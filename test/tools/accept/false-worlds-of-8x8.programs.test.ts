import { judgeWorlds } from "./judge-worlds.ts";
import { worldsOf8x8 } from "./worlds-of-8x8.ts";
import { worldsOfSignIn } from "./worlds-of-sign-in.ts";

judgeWorlds([
  ["8x8", worldsOf8x8],
  ["a sign-in", worldsOfSignIn],
]);
