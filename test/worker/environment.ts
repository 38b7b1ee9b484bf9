import http from "node:http";
import https from "node:https";
import { createRequire } from "node:module";
import { TestEnvironment as NodeEnvironment } from "jest-environment-node";

declare global {
  /**
   * Node's own `require`. With this function, each worker of jest loads the app's bundle only once,
   * and with Node's own globals, which Azure's SDKs need. Jest replaces every other way to load a
   * module.
   */
  var nodeRequire: NodeJS.Require;
}

export default class AppEnvironment extends NodeEnvironment {
  readonly #env = { ...process.env };

  override async setup(): Promise<void> {
    await super.setup();
    this.global.nodeRequire = createRequire(__filename);
  }

  override async teardown(): Promise<void> {
    // Processes of the next suite must not inherit the variables of Azure's stand-ins.
    for (const name of Object.keys(process.env))
      if (!(name in this.#env)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, this.#env);
    http.globalAgent.destroy();
    https.globalAgent.destroy();
    await super.teardown();
  }
}
