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

/**
 * The object that `@azure/functions` gives to the worker: types-core in
 * https://github.com/Azure/azure-functions-nodejs-worker
 */
export interface ProgrammingModel {
  readonly name: string;
  readonly version: string;
  getInvocationModel(core: object): InvocationModel;
  getCapabilities(capabilities: Record<string, string>): Promise<Record<string, string>>;
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
  readonly #print: (line: LogLine) => void;
  model: ProgrammingModel | undefined;
  started = false;

  constructor(print: (line: LogLine) => void) {
    this.#print = print;
  }

  /** Runs the appTerminate hooks in order. If a hook throws, the later hooks do not run. */
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

  log(level: LogLevel, logCategory: LogCategory, category: string, message: string): void {
    if (logCategory === "user") this.#print({ level, category, message });
    // The host does not print the worker's own system messages.
    else if (level === "warning" || level === "error" || level === "critical")
      this.#print({ level, category, message });
  }

  /** Makes `require("@azure/functions-core")` return this app, because that module has no file. */
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
        if (this.started)
          throw new Error("A function can only be registered while the app starts.");
        if (this.functions.has(name))
          throw new Error(`A function named "${name}" is registered already.`);
        this.functions.set(name, { metadata, callback });
        return new Disposable(() => this.functions.delete(name));
      },
      registerHook: (name: string, callback: Callback) => {
        if (name !== "appTerminate")
          throw new RangeError(`This host does not support the hook "${name}".`);
        this.#atTheEnd.push(callback);
        return new Disposable(() => this.#atTheEnd.splice(this.#atTheEnd.indexOf(callback), 1));
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

/** Returns an error's stack, because the host logs no other properties. */
export function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
