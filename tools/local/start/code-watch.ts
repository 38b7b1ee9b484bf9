import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, watch } from "node:fs";
import { join } from "node:path";
import { product } from "../../product.ts";
import { print } from "../../terminal.ts";

/** An editor may write several files at once. */
const settleMs = 200;

/**
 * Builds after each change in the folder, and reports whether the build succeeded. Returns a
 * function that ends the watch. The installed package has no such folder, and is not watched.
 */
export function watchCode(
  onBuilt: (isBuilt: boolean) => Promise<void>,
  folder = join(product, "src"),
  build = buildApp,
): () => void {
  if (!existsSync(folder)) return () => undefined;
  let timer: NodeJS.Timeout | undefined;
  let last = Promise.resolve();
  const watcher = watch(folder, { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      last = last.then(build).then(onBuilt);
    }, settleMs);
  });
  watcher.on("error", ({ message }) => {
    print(
      `Warning: After a change of the code, start the app again. Its folder is not watched: ${message}`,
    );
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}

async function buildApp(): Promise<boolean> {
  const args = [join(product, "scripts/build.ts")];
  const child = spawn(process.execPath, args, { cwd: product, stdio: "inherit" });
  await once(child, "close");
  return child.exitCode === 0;
}
