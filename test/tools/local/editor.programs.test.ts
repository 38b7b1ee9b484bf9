import { readFileSync } from "node:fs";
import { workerArguments } from "../../../tools/functions-host.ts";
import { npmStart, shell } from "./starting.ts";

const read = (file: string) => readFileSync(file, "utf8");
const json = (file: string): unknown => JSON.parse(read(file));

interface Task {
  readonly label: string;
  readonly options?: { readonly env: Readonly<Record<string, string>> };
  readonly command: string;
  readonly problemMatcher: {
    readonly background?: { readonly beginsPattern: string; readonly endsPattern: string };
  };
}
interface Launch {
  readonly request: string;
  readonly port?: number;
  readonly preLaunchTask?: string;
}
const { tasks } = json(".vscode/tasks.json") as { readonly tasks: readonly Task[] };
const { configurations } = json(".vscode/launch.json") as {
  readonly configurations: readonly Launch[];
};
const task = (label: string) => tasks.find((each) => each.label === label);

describe("VS Code", () => {
  test("VS Code starts func with the debugger, printed events and long time limits before it attaches", () => {
    const attach = configurations.find(({ request }) => request === "attach");
    expect(task(attach?.preLaunchTask ?? "")?.options?.env).toEqual({
      AzureFunctionsJobHost__functionTimeout: "01:00:00",
      HOOK_BUDGET_MS: "600000",
      languageWorkers__node__arguments: `--inspect=${attach?.port ?? ""} ${workerArguments}`,
    });
  });

  test("VS Code recognizes the first and the last line of npm start -- --host none", async () => {
    const { options, command = "", problemMatcher } = task("8x8 sandbox") ?? {};
    const { beginsPattern = "never", endsPattern = "never" } = problemMatcher?.background ?? {};
    // npm prints the script before it runs the script, unless npm is silent.
    const printed = await shell(`npm_config_loglevel=notice ${command} --help`);
    expect(printed.split("\n")).toContainEqual(
      expect.stringMatching(new RegExp(beginsPattern)) as unknown,
    );
    const started = npmStart(["--host", "none"], options?.env);
    try {
      await started.printed(new RegExp(endsPattern, "m"));
    } finally {
      await started.stop();
    }
  });
});

describe("the dev container", () => {
  const { features } = json(".devcontainer/devcontainer.json") as {
    readonly features: Readonly<
      Record<string, { readonly version?: string; readonly bicepVersion?: string }>
    >;
  };
  const feature = (name: string) =>
    Object.entries(features).find(([id]) =>
      id.startsWith(`ghcr.io/devcontainers/features/${name}:`),
    )?.[1];

  test("the dev container installs the versions of Node and Bicep that the pipelines use", () => {
    expect(feature("node")?.version).toBe(read(".nvmrc").trim());
    const [, version] =
      /az bicep install --version (\S+)/.exec(read("scripts/install-bicep.sh")) ?? [];
    expect(feature("azure-cli")).toEqual({ installBicep: true, bicepVersion: version });
  });
});
