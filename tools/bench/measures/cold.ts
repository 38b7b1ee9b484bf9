import type { Name } from "../contestants.ts";
import type { Stage } from "../stage.ts";
import { median } from "../statistics.ts";

export interface Cold {
  readonly msToListening: number;
  readonly msToFirstCode: number;
}

export const coldNames = [
  "ours",
  "tutorial-function",
  "tutorial-bundled",
  "hello",
  "tutorial",
] as const satisfies Name[];

/**
 * From the start of the process, whose files are in the page cache, to the first answer; the hook
 * is sent at once.
 */
export async function measureCold(
  stage: Stage,
  runs: number,
): Promise<Readonly<Record<string, Cold>>> {
  const starts = new Map(coldNames.map((name) => [name, [] as Cold[]]));
  for (let run = 0; run < runs; run++)
    for (const name of coldNames) starts.get(name)?.push(await startOnce(stage, name));
  return Object.fromEntries(
    [...starts].map(([name, all]): [Name, Cold] => [
      name,
      {
        msToListening: median(all.map(({ msToListening }) => msToListening)),
        msToFirstCode: median(all.map(({ msToFirstCode }) => msToFirstCode)),
      },
    ]),
  );
}

async function startOnce(stage: Stage, name: Name): Promise<Cold> {
  const start = performance.now();
  const contestant = await stage.start(name);
  const msToListening = performance.now() - start;
  const { successful } = await stage.load({ url: contestant.url, connections: 1, requests: 1 });
  const msToFirstCode = performance.now() - start;
  await contestant.stop();
  if (successful !== 1) throw new Error(`${name} did not deliver its first code.`);
  return { msToListening, msToFirstCode };
}
