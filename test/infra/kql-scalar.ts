// Translates Kusto expressions to SQL that treats null, case and division as Kusto does:
// https://learn.microsoft.com/kusto/query/scalar-data-types/null-values
import { elements, Syntax, type SyntaxNode } from "./kql.ts";

/** SQL for names that are not columns. For the name of a table, the value is undefined. */
export type Lets = Readonly<Record<string, string | undefined>>;

/** Puts a name in brackets, because SQLite treats an unknown name in quotes as a string. */
export const quote = (name: string | null) => `[${name ?? ""}]`;

export function notWritten(node: SyntaxNode | null): Error {
  return new Error(`This Kusto syntax has no translation to SQL: ${node?.toString() ?? "nothing"}`);
}

export function scalar(node: SyntaxNode | null, lets: Lets): string {
  const value = (inner: SyntaxNode | null) => scalar(inner, lets);
  if (node instanceof Syntax.ParenthesizedExpression) return value(node.Expression);
  if (node instanceof Syntax.SimpleNamedExpression) return value(node.Expression);
  if (node instanceof Syntax.LiteralExpression) return literal(node);
  if (node instanceof Syntax.DynamicExpression) return value(node.Expression);
  if (node instanceof Syntax.JsonArrayExpression) return list(elements(node.Values).map(value));
  if (node instanceof Syntax.NameReference)
    return lets[node.SimpleName ?? ""] ?? quote(node.SimpleName);
  if (node instanceof Syntax.PathExpression && node.Selector instanceof Syntax.NameReference)
    return `json_extract(${value(node.Expression)}, '$.${node.Selector.SimpleName ?? ""}')`;
  if (node instanceof Syntax.BinaryExpression) {
    const write = operators[node.Operator?.Text ?? ""];
    if (write !== undefined)
      return `(${write(value(node.Left), value(node.Right), node.ResultType?.Name === "real")})`;
  }
  if (node instanceof Syntax.InExpression) {
    const given = elements(node.Right?.Expressions);
    // A name after `in` refers to a table or a list.
    const wanted = given.every((it) => it instanceof Syntax.NameReference)
      ? value(given[0] ?? null)
      : list(given.map(value));
    const write = operators[node.Operator?.Text ?? ""];
    if (write !== undefined) return `(${write(value(node.Left), wanted, false)})`;
  }
  if (node instanceof Syntax.FunctionCallExpression) {
    const name = node.Name?.SimpleName ?? "";
    const values = elements(node.ArgumentList?.Expressions).map(value);
    if (name === "ago") return `(${lets["now()"] ?? ""} - ${list(values)})`;
    // In Kusto, coalesce skips both nulls and empty strings.
    if (name === "coalesce" && node.ResultType?.Name === "string")
      return `coalesce(${values.map((it) => `nullif(${it}, '')`).join(", ")}, '')`;
    const write = functions[name];
    if (write !== undefined) return write(...values);
  }
  throw notWritten(node);
}

const list = (values: readonly string[]) => `(${values.join(", ")})`;
const ends = (text: string, end: string) =>
  `lower(substr(${text}, -length(${end}))) = lower(${end})`;

const operators: Readonly<
  Record<string, (left: string, right: string, isReal: boolean) => string>
> = {
  ...Object.fromEntries(
    ["and", "or", "<", "<=", ">", ">=", "+", "-", "*"].map((it) => [
      it,
      (left, right) => `${left} ${it} ${right}`,
    ]),
  ),
  "==": (left, right) => `${left} = ${right}`,
  // In Kusto, a comparison by != is true if exactly one value is null.
  "!=": (left, right) => `${left} IS NOT ${right}`,
  "/": (left, right, isReal) => (isReal ? `divide(${left}, ${right})` : `${left} / ${right}`),
  "=~": (left, right) => `lower(${left}) = lower(${right})`,
  "!~": (left, right) => `lower(${left}) <> lower(${right})`,
  contains: (text, part) => `instr(lower(${text}), lower(${part})) > 0`,
  endswith: ends,
  "!endswith": (text, end) => `NOT ${ends(text, end)}`,
  in: (value, wanted) => `${value} IN ${wanted}`,
  "!in": (value, wanted) => `${value} NOT IN ${wanted}`,
  "in~": (value, wanted) => `${value} COLLATE NOCASE IN ${wanted}`,
};

const text = (value: string) => `coalesce(CAST(${value} AS TEXT), '')`;

const functions: Readonly<Record<string, (...values: readonly string[]) => string>> = {
  bin: (value, step) => `(${value} - ${value} % ${step})`,
  case: (...values) => {
    const pairs = values
      .slice(0, -1)
      .map((value, i) => (i % 2 === 0 ? `WHEN ${value}` : `THEN ${value}`));
    return `CASE ${pairs.join(" ")} ELSE ${values.at(-1) ?? ""} END`;
  },
  coalesce: (...values) => `coalesce${list(values)}`,
  // Only the format yyyy-MM-dd.
  format_datetime: (value) => `date(${value} / 1000, 'unixepoch')`,
  hash_sha256: (value) => `hash_sha256(${text(value)})`,
  iff: (...values) => `iif${list(values)}`,
  isempty: (value) => `coalesce(${value}, '') = ''`,
  isnotempty: (value) => `coalesce(${value}, '') <> ''`,
  not: (value) => `NOT ${value}`,
  round: (...values) => `round${list(values)}`,
  strcat_array: (...values) => `strcat_array${list(values)}`,
  strcat: (...values) => values.map(text).join(" || "),
  todatetime: (value) => `CAST(round(unixepoch(nullif(${value}, ''), 'subsec') * 1000) AS INTEGER)`,
  todouble: (value) => `CAST(nullif(${value}, '') AS REAL)`,
  toint: (value) => `CAST(nullif(${value}, '') AS INTEGER)`,
  tostring: text,
  trim: (pattern, value) => `trim(${value}, ${pattern})`,
};

/** The library wraps numbers and timespans in objects: https://github.com/bridgedotnet/Bridge */
function literal(node: Kusto.Language.Syntax.LiteralExpression): string {
  const value = node.LiteralValue as unknown;
  const { Name: type } = node.ResultType ?? {};
  if (/^\w+\(null\)$/.test(node.toString()?.trim() ?? "")) return "NULL";
  if (typeof value === "string") return `'${value.replaceAll("'", "''")}'`;
  if (typeof value === "boolean") return String(Number(value));
  if (type === "long" || type === "int") return String(value);
  if (type === "real") return `CAST(${String(value)} AS REAL)`;
  if (type === "timespan")
    return String((value as { getTotalMilliseconds(): number }).getTotalMilliseconds());
  throw notWritten(node);
}
