/// <reference types="@kusto/language-service-next" />
import { type KustoLibrary, loadKusto } from "./kusto-library.ts";
import { parameters, tables } from "./kql-schema.ts";

export type SyntaxNode = Kusto.Language.Syntax.SyntaxNode;
type NameReference = Kusto.Language.Syntax.NameReference;
type ColumnSymbol = Kusto.Language.Symbols.ColumnSymbol;
type Separated<T> =
  | Kusto.Language.Syntax.SyntaxList$1<Kusto.Language.Syntax.SeparatedElement$1<T>>
  | null
  | undefined;
type List<T> = System.Collections.Generic.IReadOnlyList$1<T> | null | undefined;

export interface ParsedQuery {
  readonly columns: readonly string[];
  readonly types: readonly string[];
  readonly dimensions: readonly string[];
  /** Strings that the query compares with. Strings that appear only in the result are left out. */
  readonly literals: readonly string[];
  readonly placeholders: readonly string[];
  readonly syntax: SyntaxNode;
}

// In tests that use kusto-environment.ts, the library is already loaded.
const library = (globalThis as { kusto?: KustoLibrary }).kusto ?? loadKusto();
const { KustoCode, GlobalState, Symbols } = library.Kusto.Language;
export const { Syntax } = library.Kusto.Language;

const database = new Symbols.DatabaseSymbol.ctor(
  "telemetry",
  Object.entries(tables).map(
    ([name, columns]) => new Symbols.TableSymbol.$ctor7(name, columns, null),
  ),
);
const globals = GlobalState.Default?.WithDatabase(database);

const parsed = new Map<string, ParsedQuery>();

/** Parses a query as Azure Monitor does. Throws the library's errors. */
export function parseQuery(text: string): ParsedQuery {
  const query = parsed.get(text) ?? parse(text);
  parsed.set(text, query);
  return query;
}

function parse(text: string): ParsedQuery {
  const code = KustoCode.ParseAndAnalyze(fill(text), globals);
  const problems = array(code?.GetDiagnostics()).map(({ Message }) => Message);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  if (!code?.Syntax || !code.ResultType) throw new Error("The text has no query.");
  return {
    columns: unique(array(code.ResultType.Members).map(({ Name }) => Name)),
    types: array(code.ResultType.Members).map(
      (member) => (member as ColumnSymbol | null)?.Type?.Name ?? "",
    ),
    dimensions: unique(
      find(code.Syntax, Syntax.PathExpression).map(
        (path) => (path.Selector as NameReference | null)?.SimpleName,
      ),
    ),
    literals: unique(
      find(code.Syntax, Syntax.LiteralExpression)
        .filter(isCompared)
        .map((literal) => literal.LiteralValue as unknown),
    ),
    placeholders: unique([...text.matchAll(placeholder)].map(([, name]) => name)),
    syntax: code.Syntax,
  };
}

function isCompared(literal: SyntaxNode): boolean {
  for (let node = literal.Parent; node !== null; node = node.Parent) {
    if (node instanceof Syntax.BinaryExpression || node instanceof Syntax.InExpression) return true;
    if (node instanceof Syntax.DynamicExpression) return true;
    if (node instanceof Syntax.FunctionCallExpression) return false;
    if (node instanceof Syntax.SimpleNamedExpression) return false;
  }
  return false;
}

const placeholder = /\{(\w+)(:\w+)?\}/g;

function fill(text: string): string {
  return text.replace(placeholder, (whole) => parameters[whole.slice(1, -1)] ?? whole);
}

export function find<Node>(below: SyntaxNode, kind: { prototype: Node }): readonly Node[] {
  return array(below.GetDescendants(kind));
}

export function elements<T>(list: Separated<T>): readonly T[] {
  const all = array(list as List<Kusto.Language.Syntax.SeparatedElement$1<T>>);
  return all.flatMap(({ Element$1: element }) => (element === null ? [] : [element]));
}

export function resultColumns(operator: Kusto.Language.Syntax.QueryOperator): readonly string[] {
  return array(operator.ResultType?.Members).map(({ Name }) => Name ?? "");
}

function array<T>(list: List<T>): readonly T[] {
  return library.Bridge.toArray(list);
}

function unique(values: readonly unknown[]): readonly string[] {
  return [...new Set(values.filter((value) => typeof value === "string"))];
}
