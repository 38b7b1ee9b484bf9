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
 * The object that `@azure/functions` registers with the worker, as declared in types-core of
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

  async terminate(): Promise<void> {
    for (const hook of this.#atTheEnd) await hook({ hookData: {}, appHookData: {} });
  }

  /**
   * Moves all registrations to another FunctionApp. If a process serves several apps,
   * `@azure/functions` registers every app with the first FunctionApp.
   */
  moveTo(other: FunctionApp): void {
    other.model = this.model;
    for (const [name, registered] of this.functions) other.functions.set(name, registered);
    other.#atTheEnd.push(...this.#atTheEnd.splice(0));
    this.functions.clear();
  }

  /** Prints only warnings and errors, as the Functions host does with our host.json. */
  log(level: string, category: string, message: string): void {
    if (["warning", "error", "critical"].includes(level))
      this.#print(`${level} ${category}: ${message.replaceAll("\n", "\\n")}`);
  }

  /** In Azure, the worker provides `@azure/functions-core`, which is in no package. */
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
