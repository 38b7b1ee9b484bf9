import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { watchCode } from "../../../tools/local/start/code-watch.ts";
import { until } from "../../until.ts";

test("npm start builds after a change of the code, and reports whether the build succeeded", async () => {
  const folder = mkdtempSync(join(tmpdir(), "code-"));
  mkdirSync(join(folder, "rules"));
  const built: boolean[] = [];
  const show = (isBuilt: boolean) => Promise.resolve(void built.push(isBuilt));
  const stop = watchCode(show, folder, () => Promise.resolve(built.length > 0));
  for (const text of ["broken", "correct"]) {
    const before = built.length;
    writeFileSync(join(folder, "rules/decision.ts"), text);
    await until(() => built.length > before);
  }
  expect(built).toEqual([false, true]);
  stop();
  rmSync(folder, { recursive: true });
});
