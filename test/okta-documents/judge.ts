export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly discriminator?: {
    readonly propertyName: string;
    readonly mapping: Readonly<Record<string, string>>;
  };
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  /** Okta uses `maximum` and `minimum` for the length of a string. */
  readonly maximum?: number;
  readonly minimum?: number;
  readonly nullable?: boolean;
  readonly readOnly?: boolean;
}

export type Direction = "sent" | "answered";
type Schemas = Readonly<Record<string, Schema>>;

/** Reports unknown fields, which the document allows, and sent fields that only Okta writes. */
export function judge(
  schemas: Schemas,
  schema: Schema,
  value: unknown,
  direction: Direction,
  path = "",
): string[] {
  const parts = partsOf(schemas, schema, value);
  const at = path === "" ? "the value" : path;
  // Okta's example answers have null for absent values.
  if (value === null)
    return direction === "answered" || parts.some(({ nullable }) => nullable)
      ? []
      : [`${at}: null`];
  const choices = parts.flatMap(({ oneOf }) => (oneOf === undefined ? [] : [oneOf]));
  const chosen = choices.flatMap((some) =>
    fewest(some.map((choice) => judge(schemas, choice, value, direction, path))),
  );
  return [
    ...chosen,
    ...parts.flatMap((part) => problemsOf(part, value, at)),
    ...inside(schemas, parts, value, direction, path),
  ];
}

/** Returns the schema and the schemas in its `$ref`, its `allOf` and the value's discriminator. */
function partsOf(
  schemas: Schemas,
  schema: Schema,
  value: unknown,
  seen = new Set<Schema>(),
): Schema[] {
  if (seen.has(schema)) return [];
  seen.add(schema);
  const { $ref, allOf = [], discriminator } = schema;
  const word =
    discriminator && (value as Record<string, unknown> | null)?.[discriminator.propertyName];
  const more = [$ref, typeof word === "string" ? discriminator?.mapping[word] : undefined]
    .filter((reference) => reference !== undefined)
    .map((reference) => schemas[reference.split("/").at(-1) ?? ""] ?? {});
  return [schema, ...[...more, ...allOf].flatMap((part) => partsOf(schemas, part, value, seen))];
}

function problemsOf(
  { type, enum: words, format, maximum, minimum }: Schema,
  value: unknown,
  at: string,
): string[] {
  const actualType = Array.isArray(value)
    ? "array"
    : Number.isInteger(value) && type === "integer"
      ? "integer"
      : typeof value;
  if (type !== undefined && actualType !== type) return [`${at}: ${actualType} instead of ${type}`];
  if (words !== undefined && !words.includes(value))
    return [`${at}: a value that Okta does not list`];
  if (typeof value !== "string") return [];
  if (
    format === "date-time" &&
    !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(value)
  )
    return [`${at}: not a date-time`];
  return value.length > (maximum ?? Infinity) || value.length < (minimum ?? 0)
    ? [`${at}: has a wrong length`]
    : [];
}

function inside(
  schemas: Schemas,
  parts: Schema[],
  value: unknown,
  direction: Direction,
  path: string,
): string[] {
  if (Array.isArray(value)) {
    const items = parts.find((part) => part.items !== undefined)?.items ?? {};
    return value.flatMap((item, index) =>
      judge(schemas, items, item, direction, `${path}[${index}]`),
    );
  }
  if (typeof value !== "object" || value === null) return [];
  const known = parts.flatMap(({ properties = {} }) => Object.entries(properties));
  const open = parts.some(
    ({ additionalProperties }) =>
      additionalProperties !== undefined && additionalProperties !== false,
  );
  // A schema without properties, or with `oneOf`, allows all fields.
  const limitsFields = known.length > 0 && !open && !parts.some(({ oneOf }) => oneOf !== undefined);
  const missing = parts.flatMap(({ required = [] }) => required).filter((name) => !(name in value));
  return [
    ...missing.map((name) => `${join(path, name)}: missing`),
    ...Object.entries(value as Record<string, unknown>).flatMap(([name, field]) => {
      const fieldSchemas = known.filter(([other]) => other === name).map(([, found]) => found);
      if (fieldSchemas.length === 0)
        return limitsFields
          ? [`${join(path, name)}: Okta's document does not have this field`]
          : [];
      const readOnly =
        direction === "sent" &&
        fieldSchemas.some((found) => partsOf(schemas, found, field).some((part) => part.readOnly));
      const readOnlyProblem = readOnly ? [`${join(path, name)}: only Okta writes this field`] : [];
      return [
        ...readOnlyProblem,
        ...fieldSchemas.flatMap((found) =>
          judge(schemas, found, field, direction, join(path, name)),
        ),
      ];
    }),
  ];
}

function fewest(all: readonly string[][]): string[] {
  return all.toSorted((one, two) => one.length - two.length)[0] ?? [];
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
