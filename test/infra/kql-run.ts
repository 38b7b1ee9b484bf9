// Runs Kusto queries offline, by translating the syntax tree of Kusto's parser to SQL for SQLite.
// Refuses syntax that our queries do not use.
import { createHash } from "node:crypto";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { elements, parseQuery, resultColumns, Syntax, type SyntaxNode } from "./kql.ts";
import { notWritten, quote, scalar, type Lets } from "./kql-scalar.ts";
import { tables as schema } from "./kql-schema.ts";

/** A value of a column. A timespan is a number of milliseconds. */
export type Value = string | number | boolean | Date | null | { readonly [name: string]: Value };
export type Row = Readonly<Record<string, Value>>;
export type Tables = Readonly<Record<string, readonly Row[]>>;

const names = Object.keys(schema);
const sources = names.map((name) => `${quote(name)} AS MATERIALIZED (${tableOf(name)})`);
const opened = database();
/** Preparing a statement takes several times as long as running the statement. */
const statements = new Map<string, StatementSync>();

export function runQuery(text: string, tables: Tables, now: Date): readonly Row[] {
  const { syntax, columns, types } = parseQuery(text);
  const key = `${now.getTime()} ${text}`;
  const statement = statements.get(key) ?? opened.prepare(write(syntax, sources, now));
  statements.set(key, statement);
  const rows = statement.all(
    Object.fromEntries(
      names.map((name) => [name, JSON.stringify((tables[name] ?? []).map(withoutDates))]),
    ),
  );
  return rows.map((row) =>
    Object.fromEntries(columns.map((name, i) => [name, valueOf(row[name], types[i])])),
  );
}

function tableOf(name: string): string {
  const columns = [...(schema[name] ?? "").matchAll(/(\w+):/g)].map(([, column = ""]) => column);
  return `SELECT ${columns.map((column) => `value ->> '${column}' AS ${quote(column)}`).join(", ")} FROM json_each(:${name})`;
}

function withoutDates(row: Row): Row {
  const entries = Object.entries(row).map(([name, value]) => [
    name,
    value instanceof Date ? value.getTime() : value,
  ]);
  return Object.fromEntries(entries) as Row;
}

function valueOf(value: unknown, type: string | undefined): Value {
  if (type === "datetime" && typeof value === "number") return new Date(value);
  return type === "bool" && value !== null ? value === 1 : (value as Value);
}

/** The functions percentile and arg_max get a group's values as a JSON list. */
function database(): DatabaseSync {
  const opened = new DatabaseSync(":memory:");
  opened.function("hash_sha256", (value) =>
    createHash("sha256").update(String(value)).digest("hex"),
  );
  opened.function("strcat_array", (list, separator) =>
    (JSON.parse(String(list)) as string[]).join(String(separator)),
  );
  opened.function("divide", (left, right) =>
    left === null || right === null ? null : Number(left) / Number(right),
  );
  // This takes the nearest rank. Kusto estimates the same value:
  // https://learn.microsoft.com/kusto/query/percentiles-aggregation-function
  opened.function("percentile", (list, percent) => {
    const values = (JSON.parse(String(list)) as (number | null)[])
      .filter((it) => it !== null)
      .sort((a, b) => a - b);
    return values[Math.max(0, Math.ceil((Number(percent) / 100) * values.length) - 1)] ?? null;
  });
  // If all values are null, Kusto may return any row:
  // https://learn.microsoft.com/kusto/query/arg-max-aggregation-function
  opened.function("arg_max", (list) => {
    const rows = JSON.parse(String(list)) as (number | null)[][];
    return JSON.stringify(
      rows.reduce((most, row) => ((row[0] ?? -1) > (most[0] ?? -1) ? row : most), rows[0] ?? []),
    );
  });
  return opened;
}

function write(block: SyntaxNode, sources: readonly string[], now: Date): string {
  const withs = [...sources];
  let lets: Lets = { "now()": String(now.getTime()) };
  for (const statement of elements((block as Kusto.Language.Syntax.QueryBlock).Statements)) {
    if (statement instanceof Syntax.ExpressionStatement)
      return `WITH ${withs.join(", ")} ${rowsOf(statement.Expression, lets)}`;
    if (!(statement instanceof Syntax.LetStatement)) throw notWritten(statement);
    const { Name, Expression: node } = statement;
    const name = Name?.SimpleName ?? "";
    const isTable = node instanceof Syntax.PipeExpression || node instanceof Syntax.UnionOperator;
    if (isTable) withs.push(`${quote(name)} AS MATERIALIZED (${rowsOf(node, lets)})`);
    lets = { ...lets, [name]: isTable ? undefined : scalar(node, lets) };
  }
  throw new Error("The text has no query.");
}

function rowsOf(node: SyntaxNode | null, lets: Lets): string {
  if (node instanceof Syntax.ParenthesizedExpression) return rowsOf(node.Expression, lets);
  if (node instanceof Syntax.NameReference) return `SELECT * FROM ${quote(node.SimpleName)}`;
  if (node instanceof Syntax.PipeExpression)
    return apply(node.Operator, `FROM (${rowsOf(node.Expression, lets)})`, lets);
  if (!(node instanceof Syntax.UnionOperator)) throw notWritten(node);
  const columns = resultColumns(node).map(quote).join(", ");
  return elements(node.Expressions)
    .map((it) => `SELECT ${columns} FROM (${rowsOf(it, lets)})`)
    .join(" UNION ALL ");
}

function apply(operator: SyntaxNode | null, from: string, lets: Lets): string {
  const value = (node: SyntaxNode | null) => scalar(node, lets);
  const named = (values: readonly string[], names: readonly string[]) =>
    names.map((name, i) => `${values[i] ?? ""} AS ${quote(name)}`).join(", ");
  if (operator instanceof Syntax.FilterOperator)
    return `SELECT * ${from} WHERE ${value(operator.Condition)}`;
  if (operator instanceof Syntax.ProjectOperator)
    return `SELECT ${named(elements(operator.Expressions).map(value), resultColumns(operator))} ${from}`;
  if (operator instanceof Syntax.ExtendOperator) {
    // The expressions of one extend operator must not refer to each other.
    const added = new Map(
      elements(operator.Expressions).map((node) => [nameOf(node), value(node)]),
    );
    const names = resultColumns(operator);
    return `SELECT ${named(
      names.map((name) => added.get(name) ?? quote(name)),
      names,
    )} ${from}`;
  }
  if (operator instanceof Syntax.SummarizeOperator) {
    const by = operator.ByClause === null ? [] : elements(operator.ByClause.Expressions).map(value);
    const values = [
      ...by,
      ...elements(operator.Aggregates).flatMap((node) => aggregate(node, lets)),
    ];
    const group = by.length === 0 ? "" : ` GROUP BY ${by.map((_, i) => i + 1).join(", ")}`;
    return `SELECT ${named(values, resultColumns(operator))} ${from}${group}`;
  }
  if (operator instanceof Syntax.LookupOperator) {
    const { LookupClause: on, Expression: other } = operator;
    if (!(on instanceof Syntax.JoinOnClause)) throw notWritten(operator);
    const columns = resultColumns(operator).map(quote).join(", ");
    const keys = elements(on.Expressions).map(value).join(", ");
    return `SELECT ${columns} ${from} LEFT JOIN (${rowsOf(other, lets)}) USING (${keys})`;
  }
  const key = (node: SyntaxNode | null) => {
    if (!(node instanceof Syntax.OrderedExpression)) return `${value(node)} desc`;
    return `${value(node.Expression)} ${node.Ordering?.AscOrDescKeyword?.Text ?? "desc"}`;
  };
  if (operator instanceof Syntax.SortOperator)
    return `SELECT * ${from} ORDER BY ${elements(operator.Expressions).map(key).join(", ")}`;
  if (operator instanceof Syntax.TopOperator)
    return `SELECT * ${from} ORDER BY ${key(operator.ByExpression)} LIMIT ${value(operator.Expression)}`;
  if (operator instanceof Syntax.TakeOperator)
    return `SELECT * ${from} LIMIT ${value(operator.Expression)}`;
  throw notWritten(operator);
}

function nameOf(node: SyntaxNode): string {
  if (node instanceof Syntax.SimpleNamedExpression) return node.Name?.SimpleName ?? "";
  throw notWritten(node);
}

const aggregates: Readonly<Record<string, (...given: readonly string[]) => string>> = {
  count: () => "count(*)",
  countif: (condition) => `count(*) FILTER (WHERE ${condition})`,
  count_distinct: (value) => `count(DISTINCT ${value})`,
  count_distinctif: (value, condition) => `count(DISTINCT iif(${condition}, ${value}, NULL))`,
  dcount: (value) => `count(DISTINCT ${value})`,
  dcountif: (value, condition) => `count(DISTINCT iif(${condition}, ${value}, NULL))`,
  make_list: (value) => `json_group_array(${value})`,
  max: (value) => `max(${value})`,
  min: (value) => `min(${value})`,
  percentile: (value, percent) => `percentile(json_group_array(${value}), ${percent})`,
  take_any: (value) => `max(${value})`,
  sum: (value) => `coalesce(sum(${value}), 0)`,
};

/** Returns SQL for an aggregate. For arg_max, returns SQL for each of its arguments. */
function aggregate(node: SyntaxNode | null, lets: Lets): string | readonly string[] {
  if (node instanceof Syntax.SimpleNamedExpression) return aggregate(node.Expression, lets);
  if (!(node instanceof Syntax.FunctionCallExpression)) throw notWritten(node);
  const given = elements(node.ArgumentList?.Expressions).map((it) => scalar(it, lets));
  const name = node.Name?.SimpleName ?? "";
  const most = `arg_max(json_group_array(json_array(${given.join(", ")})))`;
  if (name === "arg_max") return given.map((_, i) => `json_extract(${most}, '$[${i}]')`);
  const call = aggregates[name];
  if (call === undefined) throw notWritten(node);
  return call(...given);
}
