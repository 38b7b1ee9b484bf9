import { startApp } from "../local/app.ts";

export interface Contestant {
  readonly title: string;
  start(): Promise<Running>;
}

/** A contestant that runs in its own process. */
export interface Running {
  readonly title: string;
  /** The URL for Okta's request. */
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

type Env = Record<string, string>;

/** Every contestant runs in the local host of this checkout. */
function create(title: string, folder: string, route: string, env: Env): Contestant {
  return {
    title,
    async start() {
      const app = await startApp(env, { app: folder });
      return { ...app, title, url: `${app.url}/api/${route}` };
    },
  };
}

export function createContestants(env: Env): Contestant[] {
  return [
    create("this app", ".", "okta/telephony", env),
    create("tutorial", "tools/bench/tutorial", "tutorial", env),
    create("floor", "tools/bench/floor", "floor", env),
  ];
}

/** Compares the build of this checkout with the build in `folder`. */
export function createBuilds(env: Env, folder: string, title: string): Contestant[] {
  return [
    create("this build", ".", "okta/telephony", env),
    create(title, folder, "okta/telephony", env),
  ];
}
