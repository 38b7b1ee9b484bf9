// Kusto offline: as much of the language as our queries need. Whatever is outside it is refused, not guessed.
import { elements, parseQuery, resultColumns, Syntax, type SyntaxNode } from "./kql.ts";
import { evaluate, notInterpreted, Rows, type Scope } from "./kql-expressions.ts";
import { aggregates } from "./kql-functions.ts";
import { compare, equals, keyOf, type Row, type Value } from "./kql-values.ts";

export type Tables = Scope["tables"];

/** The rows that a query gives of these tables, at this time. */
export function runQuery(text: string, tables: Tables, now: Date): readonly Row[] {
  const statements = elements((parseQuery(text).syntax as Kusto.Language.Syntax.QueryBlock).Statements);
  let scope: Scope = { tables, lets: {}, now };
  for (const statement of statements) {
    if (statement instanceof Syntax.LetStatement) {
      const name = statement.Name?.SimpleName ?? "";
      const { Expression: node } = statement;
      const value = node instanceof Syntax.PipeExpression ? new Rows(rowsOf(node, scope)) : evaluate(node, {}, scope);
      scope = { ...scope, lets: { ...scope.lets, [name]: value } };
    } else if (statement instanceof Syntax.ExpressionStatement && statement === statements.at(-1)) {
      return rowsOf(statement.Expression, scope);
    } else throw notInterpreted(statement);
  }
  throw new Error("There is no query.");
}

function rowsOf(node: SyntaxNode | null, scope: Scope): readonly Row[] {
  if (node instanceof Syntax.ParenthesizedExpression) return rowsOf(node.Expression, scope);
  if (node instanceof Syntax.NameReference) {
    const named = scope.lets[node.SimpleName ?? ""];
    return named instanceof Rows ? named.rows : (scope.tables[node.SimpleName ?? ""] ?? []);
  }
  if (node instanceof Syntax.UnionOperator) return elements(node.Expressions).flatMap((it) => rowsOf(it, scope));
  if (node instanceof Syntax.PipeExpression) return apply(node.Operator, rowsOf(node.Expression, scope), scope);
  throw notInterpreted(node);
}

function apply(operator: SyntaxNode | null, rows: readonly Row[], scope: Scope): readonly Row[] {
  if (operator instanceof Syntax.FilterOperator)
    return rows.filter((row) => evaluate(operator.Condition, row, scope) === true);
  if (operator instanceof Syntax.ProjectOperator) {
    const [names, expressions] = [resultColumns(operator), elements(operator.Expressions)];
    return rows.map((row) =>
      zip(
        names,
        expressions.map((it) => evaluate(it, row, scope)),
      ),
    );
  }
  if (operator instanceof Syntax.ExtendOperator) {
    // None of them sees its neighbours.
    const added = elements(operator.Expressions);
    return rows.map((row) => ({
      ...row,
      ...zip(
        added.map(nameOf),
        added.map((it) => evaluate(it, row, scope)),
      ),
    }));
  }
  if (operator instanceof Syntax.SummarizeOperator) return summarize(operator, rows, scope);
  if (operator instanceof Syntax.SortOperator) return sort(operator, rows, scope);
  if (operator instanceof Syntax.TakeOperator) return rows.slice(0, Number(evaluate(operator.Expression, {}, scope)));
  throw notInterpreted(operator);
}

function nameOf(node: SyntaxNode): string {
  if (node instanceof Syntax.SimpleNamedExpression) return node.Name?.SimpleName ?? "";
  throw notInterpreted(node);
}

/** Without `by` there is one row, even of no rows: https://learn.microsoft.com/kusto/query/summarize-operator#aggregates-default-values */
function summarize(operator: Kusto.Language.Syntax.SummarizeOperator, rows: readonly Row[], scope: Scope): Row[] {
  const by = operator.ByClause === null ? [] : elements(operator.ByClause.Expressions);
  const groups = new Map<string, { keys: readonly Value[]; rows: Row[] }>();
  if (by.length === 0) groups.set("", { keys: [], rows: [...rows] });
  else
    for (const row of rows) {
      const keys = by.map((it) => evaluate(it, row, scope));
      const key = keys.map(keyOf).join("\n");
      const group = groups.get(key) ?? { keys, rows: [] };
      groups.set(key, { keys, rows: [...group.rows, row] });
    }
  const names = resultColumns(operator);
  const calls = elements(operator.Aggregates);
  return [...groups.values()].map((group) =>
    zip(names, [...group.keys, ...calls.flatMap((call) => aggregate(call, group.rows, scope))]),
  );
}

/** One value, but of `arg_max` one for each of its arguments. */
function aggregate(node: SyntaxNode | null, rows: readonly Row[], scope: Scope): Value | readonly Value[] {
  if (node instanceof Syntax.SimpleNamedExpression) return aggregate(node.Expression, rows, scope);
  if (!(node instanceof Syntax.FunctionCallExpression)) throw notInterpreted(node);
  const name = node.Name?.SimpleName ?? "";
  const given = elements(node.ArgumentList?.Expressions);
  const [first, second] = given;
  const valuesOf = (some: readonly Row[]) =>
    some.map((row) => evaluate(first ?? null, row, scope)).filter((value) => value !== null);
  if (name === "count") return rows.length;
  if (name === "countif") return valuesOf(rows).filter((value) => value === true).length;
  if (name === "dcountif" || name === "count_distinctif") {
    const counted = rows.filter((row) => evaluate(second ?? null, row, scope) === true);
    return aggregates[name.slice(0, -"if".length)]?.(valuesOf(counted), null) ?? null;
  }
  if (name === "arg_max") {
    const most = aggregates["max"]?.(valuesOf(rows), null) ?? null;
    // Where all are null some row is taken: https://learn.microsoft.com/kusto/query/arg-max-aggregation-function
    const row = rows.find((it) => equals(evaluate(first ?? null, it, scope), most) === true) ?? rows[0] ?? {};
    return given.map((it) => evaluate(it, row, scope));
  }
  const call = aggregates[name];
  if (call === undefined) throw notInterpreted(node);
  return call(valuesOf(rows), second === undefined ? null : evaluate(second, {}, scope));
}

/** Downwards, by one expression. */
function sort(operator: Kusto.Language.Syntax.SortOperator, rows: readonly Row[], scope: Scope): readonly Row[] {
  const [by, ...more] = elements(operator.Expressions);
  if (!(by instanceof Syntax.OrderedExpression) || by.Ordering?.AscOrDescKeyword?.Text !== "desc" || more.length > 0)
    throw notInterpreted(operator);
  const valueOf = (row: Row) => evaluate(by.Expression, row, scope);
  return rows.toSorted((a, b) => {
    const is = (holds: (difference: number) => boolean) => Number(compare(valueOf(a), valueOf(b), holds));
    return is((difference) => difference < 0) - is((difference) => difference > 0);
  });
}

function zip(names: readonly string[], values: readonly Value[]): Row {
  if (names.length !== values.length) throw new Error("These columns and values do not belong together.");
  return Object.fromEntries(names.map((name, i) => [name, values[i] ?? null]));
}
