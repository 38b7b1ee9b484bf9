import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { assumptions } from "../../../tools/accept/assumptions.ts";
import { createReporter } from "../../../tools/accept/report-file.ts";
import { apiKey, hookSecret } from "../../app.ts";
import { eventSecret } from "../../functions/outcomes-in-azure.ts";
import { apiToken } from "../okta/signed-in.ts";
import { startWorld, type World } from "./world.ts";

// Names that never resolve: https://www.rfc-editor.org/rfc/rfc2606#section-2
export const org = "login.acme.invalid";
export const app = "func-octo.acme.invalid";

/** The whole program in a new folder, with the hosts of a world. */
export interface Program {
  readonly world: World;
  readonly main: string;
  /**
   * Has the environments test and other, whose hosts do not exist, and local with the world's
   * hosts.
   */
  readonly folder: string;
  readonly environment: () => Record<string, string>;
  /**
   * Writes the report of an earlier run of `local`, in which all but these assumptions hold. A run
   * with --keep then tries only these.
   */
  allHeldBut(ids: readonly string[]): void;
  /** Creates a new folder, and makes every assumption true again. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export async function startProgram(): Promise<Program> {
  const world = await startWorld();
  let folder = "";

  function want(environment: string, org: string, app: string): void {
    const directory = join(folder, "infra/environments", environment);
    mkdirSync(directory, { recursive: true });
    const hook = { ...world.wanted.hook, url: `${app}/api/okta/telephony` };
    const events = { ...world.wanted.events, url: `${app}/api/okta/events` };
    const state = { ...world.wanted, org, hook, events };
    writeFileSync(join(directory, "okta.json"), JSON.stringify(state));
  }

  const removeFolder = () => {
    rmSync(folder, { recursive: true, force: true });
  };
  return {
    world,
    main: resolve("tools/accept/main.ts"),
    get folder() {
      return folder;
    },
    environment: () => ({
      ...world.azure.env,
      PATH: process.env["PATH"] ?? "",
      NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] ?? "",
      ACCEPT_AZURE: world.manager.url,
      LOCAL_OKTA_STATE: join(folder, "infra/environments/local/okta.json"),
      OKTA_API_TOKEN: apiToken,
      OKTA_HOOK_SECRET: hookSecret,
      OKTA_EVENT_SECRET: eventSecret,
      EIGHT_BY_EIGHT_API_KEY: apiKey,
      EIGHT_BY_EIGHT_ACCOUNT: world.sandbox.accountId,
    }),
    allHeldBut(ids) {
      const at = new Date().toISOString();
      const held = assumptions.filter(({ id }) => !ids.includes(id));
      const here = process.cwd();
      process.chdir(folder);
      const write = createReporter({ environment: "local", names: false }, "", assumptions);
      write(held.map(({ id }) => ({ id, verdict: "holds", seen: "", at })));
      process.chdir(here);
    },
    async reset() {
      await world.reset();
      if (folder !== "") removeFolder();
      folder = mkdtempSync(join(tmpdir(), "accept-"));
      execFileSync("git", ["init", "--quiet", folder]);
      for (const environment of ["test", "other"])
        want(environment, `https://${org}`, `https://${app}`);
      want("local", world.okta.url, world.app.url);
    },
    async stop() {
      removeFolder();
      await world.stop();
    },
  };
}
