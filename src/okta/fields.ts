/** Reads a JSON object field by field. Of what is not as it should be, only the path is kept, never the value. */
export class Fields {
  readonly wrongPaths: string[];
  readonly #path: string;
  readonly #values: Readonly<Record<string, unknown>> | undefined;

  constructor(json: unknown, path = "", wrongPaths: string[] = []) {
    this.wrongPaths = wrongPaths;
    this.#path = path;
    if (isObject(json)) this.#values = json;
    else wrongPaths.push(path || "body");
  }

  /** @param as gives undefined for what the field may not be. Undefined is also what a field of no object reads as. */
  required<T>(name: string, as: (value: unknown) => T | undefined): T | undefined {
    if (this.#values === undefined) return undefined;
    const value = as(this.#values[name]);
    if (value === undefined) this.wrongPaths.push(this.#pathOf(name));
    return value;
  }

  /** Undefined, too, where the field is absent or null. */
  optional<T>(name: string, as: (value: unknown) => T | undefined): T | undefined {
    return (this.#values?.[name] ?? undefined) === undefined ? undefined : this.required(name, as);
  }

  /** Where it is no object, that is one wrong path, and all fields in it are undefined. */
  object(name: string): Fields {
    return this.#values === undefined ? this : new Fields(this.#values[name], this.#pathOf(name), this.wrongPaths);
  }

  optionalObject(name: string): Fields {
    return new Fields(this.#values?.[name] ?? {}, this.#pathOf(name), this.wrongPaths);
  }

  #pathOf(name: string): string {
    return this.#path === "" ? name : `${this.#path}.${name}`;
  }
}

function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
