import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";

export interface PageFile {
  readonly contentType: string;
  readonly body: string | Buffer;
}

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

/** A file of the page as it is on the disk now; undefined where there is none. */
export async function readPageFile(folder: string, path: string): Promise<PageFile | undefined> {
  // Only what the folder lists: no path leads out of it.
  const names = await readdir(folder).catch((): string[] => []);
  if (path === "/page.js" && names.includes("page.ts"))
    return { contentType: "text/javascript; charset=utf-8", body: await bundle(folder) };
  const name = path === "/" ? "index.html" : path.slice(1);
  const contentType = contentTypes[extname(name)];
  if (contentType === undefined || !names.includes(name)) return undefined;
  return { contentType, body: await readFile(join(folder, name)) };
}

async function bundle(folder: string): Promise<string> {
  // Loaded when somebody looks at the page, and not with npm start.
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [join(folder, "page.ts")],
    bundle: true,
    format: "esm",
    target: "es2024",
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}
