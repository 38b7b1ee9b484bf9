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
};

/** Reads a file of the page. Returns undefined if there is no such file. */
export async function readPageFile(folder: string, path: string): Promise<PageFile | undefined> {
  // Serve only names that the folder lists, so that no path leaves the folder.
  const names = await readdir(folder).catch((): string[] => []);
  if (path === "/page.js" && names.includes("page.tsx"))
    return { contentType: "text/javascript; charset=utf-8", body: await bundle(folder) };
  const name = path === "/" ? "index.html" : path.slice(1);
  const contentType = contentTypes[extname(name)];
  if (contentType === undefined || !names.includes(name)) return undefined;
  return { contentType, body: await readFile(join(folder, name)) };
}

async function bundle(folder: string): Promise<string> {
  // Load esbuild only when a browser opens the page, to keep npm start fast.
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [join(folder, "page.tsx")],
    bundle: true,
    format: "esm",
    target: "es2024",
    jsx: "automatic",
    jsxImportSource: "preact",
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}
