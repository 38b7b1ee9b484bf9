// Loads Kusto's parser once for each worker. Jest loads most modules again for each test file, but
// not its environment, which is this module.
import { TestEnvironment } from "jest-environment-node";
import { type KustoLibrary, loadKusto } from "./kusto-library.ts";

let library: KustoLibrary | undefined;

export default class KustoEnvironment extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    library ??= loadKusto();
    Object.assign(this.global, { kusto: library });
  }
}
