import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, watch } from "node:fs";
import { join } from "node:path";
import { until } from "../../until.ts";
import { hook, query } from "./false-world.ts";
import type { Front } from "./front.ts";
import { startProgram, type Program } from "./program.ts";

let program: Program;
beforeAll(async () => {
  program = await startProgram();
});
afterAll(() => program.stop());
beforeEach(() => program.reset());

/** What the program has printed so far, and where it writes its report. */
interface Running {
  readonly output: () => string;
  readonly folder: string;
}
interface Moment {
  readonly when: string;
  /** The only test of the run, which needs this option. Default: all tests without an option. */
  readonly only?: readonly [id: string, option: string];
  /** Resolves at that moment. */
  readonly come: (running: Running) => Promise<unknown>;
}

/** Resolves at the first matching call, which gets no answer while the program is interrupted. */
const called = (front: Front, call: RegExp) =>
  new Promise<void>((resolve) => {
    front.add((asked) => {
      if (!call.test(asked.call)) return undefined;
      resolve();
      return new Promise<void>((later) => setTimeout(later, 300)).then(() => undefined);
    });
  });

const moments: readonly Moment[] = [
  { when: "it starts", come: () => Promise.resolve() },
  {
    when: "it has printed its plan",
    come: ({ output }) => until(() => output() !== ""),
  },
  { when: "a hook is pending", come: () => called(program.world.app, hook) },
  {
    when: "one test has ended",
    come: ({ output }) => until(() => output().includes("app-stranger")),
  },
  { when: "it waits for a row", come: () => called(program.world.manager, query) },
  {
    when: "Okta calls the hook",
    come: () => called(program.world.okta, /\/execute$/),
  },
  {
    when: "the app restarts",
    only: ["app-restart", "--restart"],
    come: () => called(program.world.manager, /\/restart$/),
  },
  {
    when: "the app stops",
    only: ["app-cold-start", "--cold-start"],
    come: () => called(program.world.manager, /\/sites\/func-test\/stop$/),
  },
  {
    when: "the app is stopped",
    only: ["app-cold-start", "--cold-start"],
    come: () => until(() => program.world.isStopped),
  },
  {
    when: "the app starts",
    only: ["app-cold-start", "--cold-start"],
    come: () => called(program.world.manager, /\/sites\/func-test\/start$/),
  },
  {
    when: "the report is written",
    come: ({ folder }) =>
      new Promise<void>((resolve) => {
        const watching = watch(folder, (_, name) => {
          if (name?.startsWith("accept-report") !== true || name.endsWith(".lock")) return;
          watching.close();
          resolve();
        });
      }),
  },
];

test.each(moments)(
  "an interrupted run undoes its changes and leaves a valid report: Ctrl-C when $when",
  async ({ only, come }) => {
    const { world, folder } = program;
    if (only !== undefined) program.allHeldBut(only);
    const options = only === undefined ? [] : [only[1], "--force", "--keep"];
    const before = world.state();
    let output = "";
    const child = spawn(process.execPath, [program.main, "local", ...options], {
      cwd: folder,
      env: program.environment(),
    });
    child.stdin.end();
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk) => (output += String(chunk)));
    const ended = once(child, "close");
    await world.passing(Promise.race([ended, come({ output: () => output, folder })]));
    child.kill("SIGINT");
    const [status, signal] = (await world.passing(ended)) as [number | null, string | null];

    const files = readdirSync(folder).filter((name) => name.startsWith("accept-report"));
    expect([0, 130, "SIGINT"]).toContain(status ?? signal);
    expect(world.isStopped).toBe(false);
    expect(world.state()).toEqual(before);
    expect(files.filter((name) => !/\.(md|json)$/.test(name))).toEqual([]);
    const report = join(folder, "accept-report.json");
    if (existsSync(report)) JSON.parse(readFileSync(report, "utf8"));
    const stoppedReports = files.filter((name) => status !== 0 && name.endsWith(".md"));
    for (const name of stoppedReports)
      expect(readFileSync(join(folder, name), "utf8")).toContain("was stopped");
    expect(output).not.toMatch(/^ +at |Error:|NaN|undefined/m);
  },
);
