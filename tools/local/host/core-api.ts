import Module from "node:module";

export type Callback = (...inputs: unknown[]) => unknown;

export interface Binding {
  readonly type: string;
  readonly route?: string;
  readonly methods?: readonly string[];
}

export interface FunctionMetadata {
  readonly name: string;
  readonly bindings: Readonly<Record<string, Binding>>;
}

export interface RegisteredFunction {
  readonly metadata: FunctionMetadata;
  readonly callback: Callback;
}

/**
 * The object that `@azure/functions` gives to the worker: types-core in
 * https://github.com/Azure/azure-functions-nodejs-worker
 */
export interface ProgrammingModel {
  getInvocationModel(core: object): InvocationModel;
}

export interface InvocationModel {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], callback: Callback): Promise<unknown>;
  getResponse(
    context: unknown,
    result: unknown,
  ): Promise<{ returnValue?: { http?: unknown } | null }>;
}

/** The worker's side of `@azure/functions-core`, with everything that the app has registered. */
export class FunctionApp {
  readonly functions = new Map<string, RegisteredFunction>();
  readonly #atTheEnd: Callback[] = [];
  readonly #print: (line: string) => void;
  model: ProgrammingModel | undefined;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  /** Runs the appTerminate hooks in order. */
  async terminate(): Promise<void> {
    for (const hook of this.#atTheEnd) await hook({ hookData: {}, appHookData: {} });
  }

  /**
   * Moves all registrations to another app, for a process that serves several apps.
   * `@azure/functions` always registers with the app that it found when it was loaded.
   */
  moveTo(other: FunctionApp): void {
    other.model = this.model;
    for (const [name, registered] of this.functions) other.functions.set(name, registered);
    other.#atTheEnd.push(...this.#atTheEnd.splice(0));
    this.functions.clear();
  }

  /** Prints what the host prints with our host.json: warnings and worse. */
  log(level: string, category: string, message: string): void {
    if (["warning", "error", "critical"].includes(level))
      this.#print(`${level} ${category}: ${message.replaceAll("\n", "\\n")}`);
  }

  /** Makes `require("@azure/functions-core")` return this app, because that module has no file. */
  serveCoreModule(): void {
    const coreModule = {
      registerFunction: (metadata: FunctionMetadata, callback: Callback) =>
        this.functions.set(metadata.name, { metadata, callback }),
      // Our apps register only `appTerminate`.
      registerHook: (_name: string, callback: Callback) => this.#atTheEnd.push(callback),
      setProgrammingModel: (model: ProgrammingModel) => {
        this.model = model;
      },
      log: (level: string, _logCategory: string, message: string) => {
        this.log(level, "Worker", message);
      },
    };
    const modules = Module.prototype as { require: (this: NodeJS.Module, id: string) => unknown };
    modules.require = new Proxy(modules.require, {
      apply: (load, module, [id]: [string]): unknown =>
        id === "@azure/functions-core" ? coreModule : Reflect.apply(load, module, [id]),
    });
  }
}

/** Returns an error's stack, because the host logs no other properties. */
export function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
