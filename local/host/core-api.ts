import Module from "node:module";
import type { LogCategory, LogLevel, LogLine } from "./log.ts";

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

/** What `@azure/functions` gives the worker; types-core of azure-functions-nodejs-worker is where it is written down. */
export interface ProgrammingModel {
  readonly name: string;
  readonly version: string;
  getInvocationModel(core: object): InvocationModel;
  getCapabilities(capabilities: Record<string, string>): Promise<Record<string, string>>;
}

export interface InvocationModel {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], callback: Callback): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<{ returnValue?: { http?: unknown } | null }>;
}

const hookNames = ["appStart", "appTerminate", "preInvocation", "postInvocation", "log"] as const;
export type HookName = (typeof hookNames)[number];

/** Everything the app has registered at the worker, and the worker's side of `@azure/functions-core`. */
export class FunctionApp {
  readonly functions = new Map<string, RegisteredFunction>();
  readonly hooks = Object.fromEntries(hookNames.map((name) => [name, [] as Callback[]])) as Record<
    HookName,
    Callback[]
  >;
  readonly appHookData = {};
  readonly #print: (line: LogLine) => void;
  model: ProgrammingModel | undefined;
  started = false;

  constructor(print: (line: LogLine) => void) {
    this.#print = print;
  }

  /** Hooks of one kind run one after the other, and one that throws stops what it hooks into. */
  async runHooks(name: HookName, context: object): Promise<void> {
    for (const hook of this.hooks[name]) await hook(context);
  }

  log(level: LogLevel, logCategory: LogCategory, category: string, message: string, invocation: object = {}): void {
    const context = {
      level,
      message,
      category: logCategory,
      hookData: {},
      appHookData: this.appHookData,
      ...invocation,
    };
    try {
      for (const hook of this.hooks.log) hook(context);
    } catch {
      // As in the worker: a log hook cannot keep a line from being written.
    }
    if (logCategory === "user") this.#print({ level: context.level, category, message: context.message });
    // The host does not print the worker's own system messages.
    else if (level === "warning" || level === "error" || level === "critical")
      this.#print({ level, category, message });
  }

  /** From here on, whatever is loaded finds this app behind `@azure/functions-core`, which exists as no file. */
  serveCoreModule(): void {
    const coreModule = this.#coreModule();
    const modules = Module.prototype as { require: (this: NodeJS.Module, id: string) => unknown };
    modules.require = new Proxy(modules.require, {
      apply: (load, module, [id]: [string]): unknown =>
        id === "@azure/functions-core" ? coreModule : Reflect.apply(load, module, [id]),
    });
  }

  #coreModule(): object {
    return {
      version: "3.9.1",
      hostVersion: "4.1037.0",
      Disposable,
      registerFunction: (metadata: FunctionMetadata, callback: Callback) => {
        const { name } = metadata;
        if (this.started) throw new Error("A function can only be registered while the app starts.");
        if (this.functions.has(name)) throw new Error(`A function named "${name}" is registered already.`);
        this.functions.set(name, { metadata, callback });
        return new Disposable(() => this.functions.delete(name));
      },
      registerHook: (name: string, callback: Callback) => {
        const hooks = Object.hasOwn(this.hooks, name) ? this.hooks[name as HookName] : undefined;
        if (hooks === undefined) throw new RangeError(`There is no hook named "${name}".`);
        hooks.push(callback);
        return new Disposable(() => hooks.splice(hooks.indexOf(callback), 1));
      },
      setProgrammingModel: (model: ProgrammingModel) => {
        this.model = model;
      },
      getProgrammingModel: () => this.model,
      log: (level: LogLevel, logCategory: LogCategory, message: string) => {
        this.log(level, logCategory, "Worker", message);
      },
    };
  }
}

class Disposable {
  #dispose: (() => unknown) | undefined;

  constructor(dispose: () => unknown) {
    this.#dispose = dispose;
  }

  static from(...disposables: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const disposable of disposables) disposable.dispose();
    });
  }

  dispose(): void {
    this.#dispose?.();
    this.#dispose = undefined;
  }
}

/** What the host logs of an error: its stack and no other property. */
export function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
