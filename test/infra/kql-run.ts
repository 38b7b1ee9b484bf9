// Runs Kusto queries offline, by translating the syntax tree of Kusto's parser to JavaScript.
// Refuses syntax that our queries do not use.
import { elements, parseQuery, resultColumns, Syntax, type SyntaxNode } from "./kql.ts";
import {
  compile,
  isPure,
  notWritten,
  scalar,
  type Environment,
  type Lets,
  type Scalar,
} from "./kql-scalar.ts";
import { tables as schema } from "./kql-schema.ts";

/** A value of a column. A timespan is a number of milliseconds. */
export type Value = string | number | boolean | Date | null | { readonly [name: string]: Value };
export type Row = Readonly<Record<string, Value>>;
/** Consecutive rows of a long table. An alert reads only the rows of its period. */
export interface Part {
  readonly rows: readonly Row[];
  readonly from: number;
  readonly to: number;
}
export type Tables = Readonly<Record<string, readonly Row[]>>;
type Given = Readonly<Record<string, readonly Row[] | Part>>;

/** A union has several parts, which are not copied. */
type Table = readonly Part[];
interface Run extends Environment {
  readonly given: Given;
  readonly named: Record<string, Table>;
}
type Source = (run: Run) => Table;
type Operator = (table: Table, run: Run) => Table;
type Prepared = (tables: Given, now: Date) => readonly Row[];

const prepared = new Map<string, Prepared>();

export function runQuery(text: string, tables: Given, now: Date): readonly Row[] {
  const query = prepared.get(text) ?? prepare(text);
  prepared.set(text, query);
  return query(tables, now);
}

function prepare(text: string): Prepared {
  const { syntax, columns, types } = parseQuery(text);
  const steps: ((run: Run) => void)[] = [];
  let lets: Lets = { ...Object.fromEntries(Object.keys(schema).map((name) => [name, undefined])) };
  let last: Source | undefined;
  for (const statement of elements((syntax as Kusto.Language.Syntax.QueryBlock).Statements)) {
    if (statement instanceof Syntax.ExpressionStatement) last = source(statement.Expression, lets);
    else if (statement instanceof Syntax.LetStatement) {
      const name = statement.Name?.SimpleName ?? "";
      const { Expression: node } = statement;
      if (node instanceof Syntax.PipeExpression || node instanceof Syntax.UnionOperator) {
        const table = source(node, lets);
        steps.push((run) => (run.named[name] = table(run)));
        lets = { ...lets, [name]: undefined };
      } else if (node instanceof Syntax.ToScalarExpression) {
        const table = source(node.Expression, lets);
        steps.push((run) => (run.scalars[name] = firstValue(table(run))));
        lets = { ...lets, [name]: `environment.scalars.${name}` };
      } else {
        const script = scalar(node, lets);
        const value = compile(script);
        if (!isPure(script)) steps.push((run) => (run.scalars[name] = value({}, run)));
        lets = { ...lets, [name]: isPure(script) ? script : `environment.scalars.${name}` };
      }
    } else throw notWritten(statement);
  }
  if (last === undefined) throw new Error("The text has no query.");
  const result = last;
  return (given, now) => {
    const named: Record<string, Table> = {};
    const lists = (name: string) => listed(named[name]).map((row) => Object.values(row)[0]);
    const run: Run = { now: now.getTime(), scalars: {}, lists, given, named };
    for (const step of steps) step(run);
    return listed(result(run)).map((row) =>
      Object.fromEntries(columns.map((name, i) => [name, valueOf(row[name], types[i])])),
    );
  };
}

function valueOf(value: Value | undefined, type: string | undefined): Value {
  if (type === "datetime" && typeof value === "number") return new Date(value);
  return value ?? null;
}

function listed(table: Table = []): Row[] {
  const parts = table.map(({ rows, from, to }) => rows.slice(from, to));
  return parts.length === 1 ? (parts[0] ?? []) : parts.flat();
}
const part = (rows: readonly Row[]): Part => ({ rows, from: 0, to: rows.length });
const whole = (rows: readonly Row[]): Table => [part(rows)];
const firstValue = (table: Table) => Object.values(listed(table)[0] ?? {})[0];

/**
 * Handles each row by itself. If the result does not depend on the time, the function keeps the
 * result of the whole table for the next run.
 */
function rowByRow(make: (row: Row, run: Run) => Row | undefined, pure: boolean): Operator {
  const done = new WeakMap<readonly Row[], { rows: Row[]; origins: number[] }>();
  const each = ({ rows, from, to }: Part, run: Run) => {
    const made: { rows: Row[]; origins: number[] } = { rows: [], origins: [] };
    for (let index = from; index < to; index++) {
      const row = make(rows[index] as Row, run);
      if (row === undefined) continue;
      made.rows.push(row);
      made.origins.push(index);
    }
    return made;
  };
  return (table, run) =>
    table.map((some) => {
      if (!pure) return part(each(some, run).rows);
      const kept = done.get(some.rows) ?? each(part(some.rows), run);
      done.set(some.rows, kept);
      const [from = 0, to = 0] = [some.from, some.to].map((it) => firstAtLeast(it, kept.origins));
      return { rows: kept.rows, from, to };
    });
}

function firstAtLeast(wanted: number, ascending: readonly number[]): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function source(node: SyntaxNode | null, lets: Lets): Source {
  if (node instanceof Syntax.ParenthesizedExpression) return source(node.Expression, lets);
  if (node instanceof Syntax.PipeExpression) {
    const [table, operator] = [source(node.Expression, lets), apply(node.Operator, lets)];
    return (run) => operator(table(run), run);
  }
  if (node instanceof Syntax.UnionOperator) {
    const all = elements(node.Expressions).map((it) => source(it, lets));
    return (run) => all.flatMap((table) => table(run));
  }
  if (!(node instanceof Syntax.NameReference)) throw notWritten(node);
  const name = node.SimpleName ?? "";
  if (!(name in schema)) return (run) => run.named[name] ?? [];
  const read = rowByRow(withoutDates, true);
  return (run) => {
    const given = run.given[name] ?? [];
    return read("rows" in given ? [given] : whole(given), run);
  };
}

function withoutDates(row: Row): Row {
  const entries = Object.entries(row).map(([name, value]) => [
    name,
    value instanceof Date ? value.getTime() : value,
  ]);
  return Object.fromEntries(entries) as Row;
}

function apply(operator: SyntaxNode | null, lets: Lets): Operator {
  const value = (node: SyntaxNode | null) => compile(scalar(node, lets));
  if (operator instanceof Syntax.FilterOperator) {
    // The conditions that do not depend on the time come first, because their result is kept.
    const conditions = conjuncts(operator.Condition).map((node) => scalar(node, lets));
    const filters = [true, false].map((pure) => {
      const some = conditions.filter((script) => isPure(script) === pure);
      const isWanted = compile(some.join(" && ") || "true");
      return some.length === 0
        ? (table: Table) => table
        : rowByRow((row, run) => (isWanted(row, run) ? row : undefined), pure);
    });
    return (table, run) => filters.reduce((rows, filter) => filter(rows, run), table);
  }
  if (operator instanceof Syntax.ProjectOperator || operator instanceof Syntax.ExtendOperator) {
    const isExtend = operator instanceof Syntax.ExtendOperator;
    const names = resultColumns(operator);
    // The expressions of one extend operator must not refer to each other.
    const given = elements(operator.Expressions).map((node, i) => {
      const name = isExtend ? nameOf(node) : (names[i] ?? "");
      return [name, scalar(node, lets)] as const;
    });
    const scripts = new Map(given);
    const fields = names.map((name) => `${name}: ${scripts.get(name) ?? `row.${name}`}`);
    const script = `({ ${fields.join(", ")} })`;
    const make = compile(script) as (row: Row, run: Run) => Row;
    return rowByRow(make, isPure(script));
  }
  if (operator instanceof Syntax.SummarizeOperator) return summarize(operator, lets);
  if (operator instanceof Syntax.LookupOperator) {
    const { LookupClause: on, Expression: other } = operator;
    if (!(on instanceof Syntax.JoinOnClause)) throw notWritten(operator);
    const [table, keys] = [source(other, lets), elements(on.Expressions).map(value)];
    return (left, run) => {
      const found = Map.groupBy(listed(table(run)), (row) => keyOf(row, keys, run));
      return whole(
        listed(left).flatMap((row) =>
          (found.get(keyOf(row, keys, run)) ?? [{}]).map((more) => ({ ...row, ...more })),
        ),
      );
    };
  }
  if (operator instanceof Syntax.SortOperator)
    return sorted(elements(operator.Expressions), lets, () => Infinity);
  if (operator instanceof Syntax.TopOperator) {
    const count = value(operator.Expression);
    return sorted([operator.ByExpression], lets, (run) => Number(count({}, run)));
  }
  if (operator instanceof Syntax.TakeOperator) {
    const count = value(operator.Expression);
    return (table, run) => whole(listed(table).slice(0, Number(count({}, run))));
  }
  throw notWritten(operator);
}

function conjuncts(node: SyntaxNode | null): readonly (SyntaxNode | null)[] {
  if (node instanceof Syntax.ParenthesizedExpression) return conjuncts(node.Expression);
  const isAnd = node instanceof Syntax.BinaryExpression && node.Operator?.Text === "and";
  return isAnd ? [...conjuncts(node.Left), ...conjuncts(node.Right)] : [node];
}

function nameOf(node: SyntaxNode): string {
  if (node instanceof Syntax.SimpleNamedExpression) return node.Name?.SimpleName ?? "";
  throw notWritten(node);
}

function keyOf(row: Row, keys: readonly Scalar[], run: Run): unknown {
  if (keys.length === 1) return keys[0]?.(row, run);
  return JSON.stringify(keys.map((key) => key(row, run)));
}

function sorted(
  nodes: readonly (SyntaxNode | null)[],
  lets: Lets,
  count: (run: Run) => number,
): Operator {
  const keys = nodes.map((node) => {
    const isOrdered = node instanceof Syntax.OrderedExpression;
    const words = isOrdered ? node.Ordering?.AscOrDescKeyword?.Text : undefined;
    const value = compile(scalar(isOrdered ? node.Expression : node, lets));
    return { value, sign: words === "asc" ? 1 : -1 };
  });
  return (table, run) => {
    const rows = listed(table).sort((one, other) => {
      for (const { value, sign } of keys) {
        const [left, right] = [value(one, run) as number, value(other, run) as number];
        if (left !== right) return left < right ? -sign : sign;
      }
      return 0;
    });
    return whole(rows.slice(0, count(run)));
  };
}

function summarize(operator: Kusto.Language.Syntax.SummarizeOperator, lets: Lets): Operator {
  const nodes = operator.ByClause === null ? [] : elements(operator.ByClause.Expressions);
  const keys = nodes.map((node) => compile(scalar(node, lets)));
  const names = resultColumns(operator);
  const found = elements(operator.Aggregates).map((node) => aggregate(node, lets));
  return (table, run) => {
    const rows = listed(table);
    const groups =
      keys.length === 0 ? new Map([["", rows]]) : Map.groupBy(rows, (row) => keyOf(row, keys, run));
    const results = Array.from(groups.values(), (group) => [
      ...keys.map((key) => key(group[0], run)),
      ...found.flatMap((compute) => compute(group, run)),
    ]);
    // Kusto returns groups in any order. The tests expect the order of the keys.
    results.sort((one, other) =>
      keys.reduce((order, _, i) => (order === 0 ? compare(one[i], other[i]) : order), 0),
    );
    return whole(
      results.map((values) =>
        Object.fromEntries(names.map((name, i) => [name, values[i] as Value])),
      ),
    );
  };
}

type Aggregate = (rows: readonly Row[], run: Run) => readonly unknown[];
type Values = readonly unknown[];

const present = (values: Values) => values.filter((it) => it !== null && it !== undefined);
function most(values: Values, sign = 1): unknown {
  let best: unknown = null;
  for (const it of present(values)) if (best === null || sign * compare(it, best) > 0) best = it;
  return best;
}
const compare = (one: unknown, other: unknown) =>
  one === other ? 0 : (one as number) > (other as number) ? 1 : -1;
const distinct = (values: Values) => new Set(present(values)).size;

const aggregates: Readonly<Record<string, (values: Values, second: unknown) => unknown>> = {
  dcount: distinct,
  make_list: (values) => values,
  max: (values) => most(values),
  min: (values) => most(values, -1),
  // This takes the nearest rank. Kusto estimates the same value:
  // https://learn.microsoft.com/kusto/query/percentiles-aggregation-function
  percentile: (values, percent) => {
    const ranked = present(values).toSorted(compare);
    return ranked[Math.max(0, Math.ceil((Number(percent) / 100) * ranked.length) - 1)] ?? null;
  },
  take_any: (values) => most(values),
  sum: (values) => present(values).reduce<number>((sum, it) => sum + Number(it), 0),
};

/** Returns one value, or for arg_max the value of each of its arguments. */
function aggregate(node: SyntaxNode | null, lets: Lets): Aggregate {
  if (node instanceof Syntax.SimpleNamedExpression) return aggregate(node.Expression, lets);
  if (!(node instanceof Syntax.FunctionCallExpression)) throw notWritten(node);
  const given = elements(node.ArgumentList?.Expressions).map((it) => compile(scalar(it, lets)));
  const [first = () => true, second = () => null] = given;
  const name = node.Name?.SimpleName ?? "";
  if (name === "count" || name === "countif")
    return (rows, run) => {
      let count = 0;
      for (const row of rows) if (first(row, run)) count += 1;
      return [count];
    };
  // If all values are null, Kusto may return any row:
  // https://learn.microsoft.com/kusto/query/arg-max-aggregation-function
  if (name === "arg_max")
    return (rows, run) => {
      const value = (row: Row | undefined) => (first(row, run) as number | null) ?? -Infinity;
      const best = rows.reduce(
        (one, other) => (value(other) > value(one) ? other : one),
        rows[0] ?? {},
      );
      return given.map((it) => it(best, run) ?? null);
    };
  const isConditional = name === "dcountif" || name === "count_distinctif";
  const compute = isConditional ? distinct : aggregates[name];
  if (compute === undefined) throw notWritten(node);
  return (rows, run) => {
    const some = isConditional ? rows.filter((row) => second(row, run)) : rows;
    return [
      compute(
        some.map((row) => first(row, run)),
        second({}, run),
      ),
    ];
  };
}
