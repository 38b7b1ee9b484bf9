import { createInterface } from "node:readline/promises";
import type { Person } from "./live.ts";

/** Whoever sits at this terminal; nobody where there is none. */
export function personHere(): Person {
  return {
    answer,
    async signIn() {
      const ready =
        "Sign in once with a code, and nobody else meanwhile. Press Enter when the code is typed in (n: not now).";
      const said = await answer(ready);
      return said !== undefined && !/^n/i.test(said);
    },
  };
}

async function answer(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await lines.question(`${question} `)).trim();
  } finally {
    lines.close();
  }
}
