import * as z from "zod";

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

/** A path leads through a list's first entry, and through each name in the sample's records. */
export function fieldsOf(shape: z.ZodType, sample: unknown): readonly (readonly string[])[] {
  return pathsIn(z.toJSONSchema(shape, { io: "input", unrepresentable: "any" }) as Schema, sample);
}

function pathsIn(schema: Schema, sample: unknown): string[][] {
  const own = Object.entries(schema.properties ?? {});
  if (typeof schema.additionalProperties === "object")
    own.push(...Object.keys(sample ?? {}).map((name): [string, Schema] => [name, {}]));
  if (schema.items !== undefined) own.push(["0", schema.items]);
  const alternatives = [...(schema.anyOf ?? []), ...(schema.allOf ?? [])];
  return [
    ...own.flatMap(([name, field]) => [
      [name],
      ...pathsIn(field, (sample as Record<string, unknown> | undefined)?.[name]).map((path) => [
        name,
        ...path,
      ]),
    ]),
    ...alternatives.flatMap((alternative) => pathsIn(alternative, sample)),
  ];
}

export function withField(body: object, path: readonly string[], value: unknown): object {
  const copy = structuredClone(body);
  let inner = copy as Record<string, unknown>;
  for (const name of path.slice(0, -1)) {
    if (typeof inner[name] !== "object" || inner[name] === null) inner[name] = {};
    inner = inner[name] as Record<string, unknown>;
  }
  inner[path.at(-1) ?? ""] = value;
  return copy;
}
