import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { folderOf, keepRunningApp, runningApps } from "../../tools/running-app.ts";

const before = process.cwd();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "running-"));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

test.each([
  // Linux gives no process an id this high:
  // https://man7.org/linux/man-pages/man5/proc_sys_kernel.5.html
  ["whose npm start was killed", { pid: 4_194_305 }],
  ["whose file lacks a secret", { eventSecret: undefined }],
])("runningApps() leaves out an app %s", (_, changes) => {
  const url = "http://127.0.0.1:7071";
  const secrets = { header: "authorization", hookSecret: "of hooks", eventSecret: "of events" };
  keepRunningApp({ url, sandboxUrl: "http://127.0.0.1:7072", ...secrets });
  expect(runningApps()).toHaveLength(1);
  const file = join(folderOf(url), "app.json");
  const kept = JSON.parse(readFileSync(file, "utf8")) as object;
  writeFileSync(file, JSON.stringify({ ...kept, ...changes }));
  expect(runningApps()).toEqual([]);
});
