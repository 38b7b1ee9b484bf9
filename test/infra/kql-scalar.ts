// Translates Kusto expressions to JavaScript that treats null, case and division as Kusto does:
// https://learn.microsoft.com/kusto/query/scalar-data-types/null-values
import { compileFunction } from "node:vm";
import { elements, Syntax, type SyntaxNode } from "./kql.ts";

/** JavaScript for names that are not columns. For the name of a table, the value is undefined. */
export type Lets = Readonly<Record<string, string | undefined>>;

/** What an expression reads besides its row: the time, and the tables and scalars of `let`. */
export interface Environment {
  readonly now: number;
  readonly scalars: Record<string, unknown>;
  readonly lists: (name: string) => readonly unknown[];
}

export type Scalar = (row: unknown, environment: Environment) => unknown;

export function notWritten(node: SyntaxNode | null): Error {
  return new Error(`This Kusto syntax has no translation: ${node?.toString() ?? "nothing"}`);
}

/** Compiles outside Jest's sandbox, in which every use of a global is slow. */
export function compile(script: string): Scalar {
  const created = compileFunction(`return (row, environment) => ${script};`, ["fn"]) as (
    given: typeof fn,
  ) => Scalar;
  return created(fn);
}

export const isPure = (script: string) => !script.includes("environment.");

export function scalar(node: SyntaxNode | null, lets: Lets): string {
  const value = (inner: SyntaxNode | null) => scalar(inner, lets);
  if (node instanceof Syntax.ParenthesizedExpression) return value(node.Expression);
  if (node instanceof Syntax.SimpleNamedExpression) return value(node.Expression);
  if (node instanceof Syntax.LiteralExpression) return literal(node);
  if (node instanceof Syntax.DynamicExpression) return value(node.Expression);
  if (node instanceof Syntax.JsonArrayExpression) return list(elements(node.Values).map(value));
  if (node instanceof Syntax.NameReference)
    return lets[node.SimpleName ?? ""] ?? `row.${node.SimpleName ?? ""}`;
  if (node instanceof Syntax.PathExpression && node.Selector instanceof Syntax.NameReference)
    return `${value(node.Expression)}?.${node.Selector.SimpleName ?? ""}`;
  if (node instanceof Syntax.BinaryExpression) {
    const operator = node.Operator?.Text ?? "";
    const given = [value(node.Left), value(node.Right)];
    if (operator === "and") return `(${given.join(" && ")})`;
    if (operator === "or") return `(${given.join(" || ")})`;
    if (operator === "/" && node.ResultType?.Name !== "real") return call("divided", given);
    if (operator in fn) return call(operator, given);
  }
  if (node instanceof Syntax.InExpression) {
    const given = elements(node.Right?.Expressions);
    const [first] = given;
    // A name after `in` refers to a table or a list.
    const wanted =
      first instanceof Syntax.NameReference
        ? (lets[first.SimpleName ?? ""] ?? `environment.lists(${JSON.stringify(first.SimpleName)})`)
        : list(given.map(value));
    return call(node.Operator?.Text ?? "", [value(node.Left), wanted]);
  }
  if (node instanceof Syntax.FunctionCallExpression) {
    const name = node.Name?.SimpleName ?? "";
    const given = elements(node.ArgumentList?.Expressions).map(value);
    if (name === "ago") return `(environment.now - ${given.join("")})`;
    if (name === "coalesce" && node.ResultType?.Name === "string") return call("firstText", given);
    if (name === "iff" || name === "case") return conditional(given);
    if (Object.hasOwn(fn, name)) return call(name, given);
  }
  throw notWritten(node);
}

const list = (values: readonly string[]) => `[${values.join(", ")}]`;
const call = (name: string, values: readonly string[]) =>
  `fn[${JSON.stringify(name)}](${values.join(", ")})`;
const conditional = ([condition = "", value = "", ...others]: readonly string[]): string =>
  `(${condition} ? ${value} : ${others.length === 1 ? (others[0] ?? "") : conditional(others)})`;

const isNull = (value: unknown): value is null | undefined => value === null || value === undefined;
const text = (value: unknown) =>
  typeof value === "string" ? value : isNull(value) ? "" : JSON.stringify(value);
const lower = (value: unknown) => text(value).toLowerCase();
const numberOf = (value: unknown) =>
  isNull(value) || value === "" || Number.isNaN(Number(value)) ? null : Number(value);
const truncated = (value: number | null) => (value === null ? null : Math.trunc(value));

type Nullable = number | null | undefined;

// Each operator is a function of its own, because the engine can then inline it.
const fn = {
  "==": (left: Nullable, right: Nullable) =>
    isNull(left) || isNull(right) ? null : left === right,
  // In Kusto, a comparison by != is true if exactly one value is null.
  "!=": (left: unknown, right: unknown) =>
    isNull(left) ? !isNull(right) : isNull(right) || left !== right,
  "<": (left: Nullable, right: Nullable) => (isNull(left) || isNull(right) ? null : left < right),
  "<=": (left: Nullable, right: Nullable) => (isNull(left) || isNull(right) ? null : left <= right),
  ">": (left: Nullable, right: Nullable) => (isNull(left) || isNull(right) ? null : left > right),
  ">=": (left: Nullable, right: Nullable) => (isNull(left) || isNull(right) ? null : left >= right),
  "+": (left: Nullable, right: Nullable) => (isNull(left) || isNull(right) ? null : left + right),
  "-": (left: Nullable, right: Nullable) => (isNull(left) || isNull(right) ? null : left - right),
  "*": (left: Nullable, right: Nullable) => (isNull(left) || isNull(right) ? null : left * right),
  "/": (left: Nullable, right: Nullable) => (isNull(left) || isNull(right) ? null : left / right),
  divided: (left: Nullable, right: Nullable) =>
    isNull(left) || isNull(right) ? null : Math.trunc(left / right),
  "=~": (left: unknown, right: unknown) => lower(left) === lower(right),
  "!~": (left: unknown, right: unknown) => lower(left) !== lower(right),
  contains: (whole: unknown, part: unknown) => lower(whole).includes(lower(part)),
  endswith: (whole: unknown, end: unknown) => lower(whole).endsWith(lower(end)),
  "!endswith": (whole: unknown, end: unknown) => !lower(whole).endsWith(lower(end)),
  "!startswith": (whole: unknown, start: unknown) => !lower(whole).startsWith(lower(start)),
  in: (value: unknown, wanted: readonly unknown[]) => wanted.includes(value),
  "!in": (value: unknown, wanted: readonly unknown[]) => !wanted.includes(value),
  "in~": (value: unknown, wanted: readonly unknown[]) => wanted.map(lower).includes(lower(value)),

  bin: (value: Nullable, step: number) => (isNull(value) ? null : Math.floor(value / step) * step),
  coalesce: (...values: readonly unknown[]) => values.find((value) => !isNull(value)) ?? null,
  // In Kusto, coalesce skips both nulls and empty strings.
  firstText: (...values: readonly unknown[]) =>
    values.find((value) => !isNull(value) && value !== "") ?? "",
  // Only the format yyyy-MM-dd.
  format_datetime: (value: unknown) =>
    isNull(value) ? "" : new Date(Number(value)).toISOString().slice(0, 10),
  isempty: (value: unknown) => isNull(value) || value === "",
  isnotempty: (value: unknown) => !isNull(value) && value !== "",
  isnull: isNull,
  max_of: (left: Nullable, right: Nullable) =>
    isNull(left) || isNull(right) ? null : Math.max(left, right),
  min_of: (left: Nullable, right: Nullable) =>
    isNull(left) || isNull(right) ? null : Math.min(left, right),
  not: (value: unknown) => (isNull(value) ? null : value !== true),
  round: (value: unknown, digits = 0) =>
    isNull(value) ? null : Math.round(Number(value) * 10 ** digits) / 10 ** digits,
  strcat: (...values: readonly unknown[]) => values.map(text).join(""),
  strcat_array: (values: readonly unknown[], separator: string) => values.join(separator),
  todatetime: (value: unknown) => numberOf(Date.parse(text(value))),
  todouble: numberOf,
  toint: (value: unknown) => truncated(numberOf(value)),
  tostring: text,
  trim: (pattern: string, value: unknown) =>
    text(value).replace(new RegExp(`^(?:${pattern})+|(?:${pattern})+$`, "g"), ""),
};

/** The library wraps numbers and timespans in objects: https://github.com/bridgedotnet/Bridge */
function literal(node: Kusto.Language.Syntax.LiteralExpression): string {
  const value = node.LiteralValue as unknown;
  const { Name: type } = node.ResultType ?? {};
  if (/^\w+\(null\)$/.test(node.toString()?.trim() ?? "")) return "null";
  if (typeof value === "string") return JSON.stringify(value);
  if (type === "bool") return node.toString()?.trim() === "true" ? "true" : "false";
  if (type === "long" || type === "int" || type === "real") return String(value);
  if (type === "timespan")
    return String((value as { getTotalMilliseconds(): number }).getTotalMilliseconds());
  throw notWritten(node);
}
