import http from "node:http";
import https from "node:https";
import { createRequire } from "node:module";
import { TestEnvironment as NodeEnvironment } from "jest-environment-node";

const programs = process.env["TEST_PROGRAMS"] ?? "";

/**
 * Node's, with a door to the bundle of programs outside of jest's realm: there it is loaded once
 * for a worker, as fast as in production, by the real `require`, and its SDKs have the real Date.
 */
export default class ProgramEnvironment extends NodeEnvironment {
  readonly #env = { ...process.env };

  override async setup(): Promise<void> {
    await super.setup();
    this.global["loadPrograms"] = (): unknown => createRequire(programs)(programs) as unknown;
  }

  override async teardown(): Promise<void> {
    // What the stand-ins of Azure set is not for the next suite's children.
    for (const name of Object.keys(process.env))
      if (!(name in this.#env)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, this.#env);
    http.globalAgent.destroy();
    https.globalAgent.destroy();
    await super.teardown();
  }
}
