import { elements, Syntax, type SyntaxNode } from "./kql.ts";
import { scalarFunctions } from "./kql-functions.ts";
import { calculate, compare, equals, type Row, toText, type Value } from "./kql-values.ts";

/** What a name can mean besides a column. */
export interface Scope {
  readonly tables: Readonly<Record<string, readonly Row[]>>;
  readonly lets: Readonly<Record<string, Value | Rows>>;
  readonly now: Date;
}

/** A table that a query has named. */
export class Rows {
  readonly rows: readonly Row[];
  constructor(rows: readonly Row[]) {
    this.rows = rows;
  }
}

/** The value of an expression in one row. */
export function evaluate(node: SyntaxNode | null, row: Row, scope: Scope): Value {
  const inRow = (inner: SyntaxNode | null) => evaluate(inner, row, scope);
  if (node instanceof Syntax.ParenthesizedExpression) return inRow(node.Expression);
  if (node instanceof Syntax.SimpleNamedExpression) return inRow(node.Expression);
  if (node instanceof Syntax.LiteralExpression) return literal(node);
  if (node instanceof Syntax.DynamicExpression) return inRow(node.Expression);
  if (node instanceof Syntax.JsonArrayExpression) return elements(node.Values).map(inRow);
  if (node instanceof Syntax.NameReference) return named(node.SimpleName ?? "", row, scope);
  if (node instanceof Syntax.PathExpression) return member(inRow(node.Expression), node.Selector);
  if (node instanceof Syntax.BinaryExpression) return binary(node, inRow);
  if (node instanceof Syntax.InExpression) {
    const wanted = elements(node.Right?.Expressions).flatMap((it) => column(it, scope) ?? inRow(it));
    return isIn(node.Operator?.Text, inRow(node.Left), wanted);
  }
  if (node instanceof Syntax.FunctionCallExpression) {
    const name = node.Name?.SimpleName ?? "";
    const values = elements(node.ArgumentList?.Expressions).map(inRow);
    if (name === "ago") return new Date(scope.now.getTime() - Number(values[0]));
    const call = scalarFunctions[name];
    if (call !== undefined) return call(...values);
  }
  throw notInterpreted(node);
}

export function notInterpreted(node: SyntaxNode | null): Error {
  return new Error(`Not interpreted: ${node?.toString() ?? "nothing"}`);
}

function named(name: string, row: Row, { lets }: Scope): Value {
  if (Object.hasOwn(row, name)) return row[name] ?? null;
  const value = lets[name];
  if (value === undefined) throw new Error(`A row has no ${name}.`);
  if (value instanceof Rows) throw new Error(`${name} is not interpreted as a value.`);
  return value;
}

/** Where a table is named, the values of its only column. */
function column(node: SyntaxNode, { lets }: Scope): readonly Value[] | undefined {
  const table = node instanceof Syntax.NameReference ? lets[node.SimpleName ?? ""] : undefined;
  if (!(table instanceof Rows)) return undefined;
  return table.rows.flatMap((row) => {
    if (Object.keys(row).length !== 1) throw new Error("A table with several columns is not interpreted as a list.");
    return Object.values(row);
  });
}

function member(value: Value, selector: SyntaxNode | null): Value {
  if (!(selector instanceof Syntax.NameReference)) throw notInterpreted(selector);
  if (value === null || typeof value !== "object" || value instanceof Date) return null;
  return (value as Readonly<Record<string, Value>>)[selector.SimpleName ?? ""] ?? null;
}

function binary(node: Kusto.Language.Syntax.BinaryExpression, inRow: (node: SyntaxNode | null) => Value): Value {
  const operator = node.Operator?.Text ?? "";
  if (operator === "and") return inRow(node.Left) === true && inRow(node.Right) === true;
  if (operator === "or") return inRow(node.Left) === true || inRow(node.Right) === true;
  const [left, right] = [inRow(node.Left), inRow(node.Right)];
  switch (operator) {
    case "==":
      return equals(left, right);
    case "!=": {
      const equal = equals(left, right);
      return equal === null ? null : !equal;
    }
    case "<":
      return compare(left, right, (difference) => difference < 0);
    case "<=":
      return compare(left, right, (difference) => difference <= 0);
    case ">":
      return compare(left, right, (difference) => difference > 0);
    case ">=":
      return compare(left, right, (difference) => difference >= 0);
    case "=~":
      return toText(left).toLowerCase() === toText(right).toLowerCase();
    case "!~":
      return toText(left).toLowerCase() !== toText(right).toLowerCase();
    case "endswith":
      return toText(left).toLowerCase().endsWith(toText(right).toLowerCase());
    case "!endswith":
      return !toText(left).toLowerCase().endsWith(toText(right).toLowerCase());
    default:
      return calculate(operator, left, right, ["int", "long"].includes(node.ResultType?.Name ?? ""));
  }
}

function isIn(operator: string | null | undefined, value: Value, wanted: readonly Value[]): boolean {
  if (operator === "!in") return !isIn("in", value, wanted);
  if (operator === "in") return wanted.some((it) => equals(value, it) === true);
  if (operator !== "in~") throw new Error(`The operator ${operator ?? ""} is not interpreted.`);
  return wanted.some((it) => toText(value).toLowerCase() === toText(it).toLowerCase());
}

/** The library's own numbers and spans of time are objects: https://github.com/bridgedotnet/Bridge */
function literal(node: Kusto.Language.Syntax.LiteralExpression): Value {
  const value = node.LiteralValue as unknown;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  const text = String(value);
  const { Name } = node.ResultType ?? {};
  if (/^\w+\(null\)$/.test(node.toString()?.trim() ?? "")) return null;
  if (Name === "long" || Name === "int" || Name === "real") return Number(text);
  if (Name === "timespan") return (value as { getTotalMilliseconds(): number }).getTotalMilliseconds();
  throw notInterpreted(node);
}
