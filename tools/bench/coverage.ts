import { readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

interface FunctionCoverage {
  readonly functionName: string;
  readonly ranges: readonly { readonly startOffset: number; readonly count: number }[];
}

interface ScriptCoverage {
  readonly url: string;
  readonly functions: readonly FunctionCoverage[];
}

/** A function of `src/` that ran, as `path:line name`. */
type RanFunction = string;

/** Counts the calls of a process that runs with --inspect: https://v8.dev/blog/javascript-code-coverage */
export async function openCoverage(inspectorUrl: string) {
  const socket = new WebSocket(inspectorUrl);
  const waiting = new Map<number, (result: unknown) => void>();
  let calls = 0;
  socket.addEventListener("message", ({ data }) => {
    const { id, result } = JSON.parse(String(data)) as { id?: number; result?: unknown };
    if (id !== undefined) waiting.get(id)?.(result);
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve);
    socket.addEventListener("error", reject);
  });
  const call = (method: string, params: object = {}): Promise<unknown> =>
    new Promise((resolve) => {
      waiting.set(++calls, resolve);
      socket.send(JSON.stringify({ id: calls, method, params }));
    });
  await call("Profiler.enable");
  await call("Profiler.startPreciseCoverage", { callCount: true, detailed: false });

  return {
    /** Returns the functions of `src/` that ran since the last call. */
    async take(): Promise<RanFunction[]> {
      const { result } = (await call("Profiler.takePreciseCoverage")) as {
        result: readonly ScriptCoverage[];
      };
      return result
        .filter(({ url }) => url.endsWith(".cjs"))
        .flatMap(({ url, functions }) => {
          const placeOf = createPlaces(fileURLToPath(url));
          const ran = functions.filter(
            ({ ranges: [whole] }) => whole !== undefined && whole.count > 0,
          );
          return ran.flatMap(({ functionName, ranges: [whole] }) => {
            const place = placeOf(whole?.startOffset ?? 0);
            return place === undefined ? [] : [`${place} ${functionName || "(anonymous)"}`];
          });
        });
    },
    close(): void {
      socket.close();
    },
  };
}

/** Maps an offset in a bundle to the file and line in `src/`. Undefined if the code is a package's. */
function createPlaces(bundle: string): (offset: number) => string | undefined {
  const text = readFileSync(bundle, "utf8");
  const map = new SourceMap(JSON.parse(readFileSync(`${bundle}.map`, "utf8")) as SourceMapPayload);
  return (offset) => {
    const before = text.slice(0, offset);
    const line = before.split("\n").length - 1;
    const entry = map.findEntry(line, offset - (before.lastIndexOf("\n") + 1));
    if (!("originalSource" in entry) || typeof entry.originalSource !== "string") return undefined;
    const source = resolve(dirname(bundle), entry.originalSource);
    const [, path] = /^src\/(.+)$/.exec(relative(resolve(dirname(bundle), ".."), source)) ?? [];
    return path && `${path}:${entry.originalLine + 1}`;
  };
}
