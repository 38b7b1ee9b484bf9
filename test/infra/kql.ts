import { functions, tables } from "./kql-schema.ts";

/** What a query gives and what it names, or an error that says what it names in vain. */
export interface ParsedQuery {
  readonly columns: readonly string[];
  readonly dimensions: readonly string[];
  readonly literals: readonly string[];
  readonly placeholders: readonly string[];
}

const tokenPattern =
  /\/\/[^\n]*|\s+|"([^"\\\n]*)"|\{(\w+)(?::\w+)?\}|\d+(?:\.\d+)?[dhms]?\b|[A-Za-z_]\w*|[=!<>]=|[|()[\],;.=<>+*/-]/y;
const words = ["and", "or", "not", "in", "has", "contains", "startswith", "endswith", "desc", "asc", "by"];

/** Reads the part of Kusto that our queries use; anything else is an error, so that nothing passes unread. */
export function parseQuery(text: string): ParsedQuery {
  const tokens = tokenize(text);
  const found = { dimensions: new Set<string>(), literals: new Set<string>(), placeholders: new Set<string>() };
  const names = new Set<string>();
  let rest = tokens;
  while (rest[0] === "let") {
    const end = rest.indexOf(";");
    checkExpression(rest.slice(3, end), names, found);
    names.add(rest[1] ?? "");
    rest = rest.slice(end + 1);
  }
  const columns = readTabular(rest, names, found);
  return {
    columns: [...columns],
    dimensions: [...found.dimensions],
    literals: [...found.literals],
    placeholders: [...found.placeholders],
  };
}

type Found = Readonly<Record<"dimensions" | "literals" | "placeholders", Set<string>>>;

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  const pattern = new RegExp(tokenPattern);
  while (pattern.lastIndex < text.length) {
    const from = pattern.lastIndex;
    const [token] = pattern.exec(text) ?? [];
    if (token === undefined) throw new Error(`cannot read: ${text.slice(from, from + 30)}`);
    if (!/^(\s|\/\/)/.test(token)) tokens.push(token);
  }
  return tokens;
}

function readTabular(tokens: readonly string[], names: ReadonlySet<string>, found: Found): Set<string> {
  const [source = [], ...operators] = split(tokens, "|");
  let columns = readSource(source, names, found);
  for (const [operator = "", ...rest] of operators) columns = apply(operator, rest, columns, names, found);
  return columns;
}

function readSource(tokens: readonly string[], names: ReadonlySet<string>, found: Found): Set<string> {
  const [table = "", ...rest] = tokens;
  if (table === "union") {
    const parts = split(rest, ",").map((part) => readTabular(part.slice(1, -1), names, found));
    return new Set(parts.flatMap((columns) => [...columns]));
  }
  if (tables[table] === undefined || rest.length > 0) throw new Error(`no table: ${tokens.join(" ")}`);
  return new Set(tables[table]);
}

function apply(
  operator: string,
  tokens: readonly string[],
  columns: Set<string>,
  names: ReadonlySet<string>,
  found: Found,
): Set<string> {
  const known = new Set([...columns, ...names]);
  const assign = (part: readonly string[]) => readAssignments(part, known, found);
  switch (operator) {
    case "where":
      checkExpression(tokens, known, found);
      return columns;
    case "extend":
      return new Set([...columns, ...assign(tokens)]);
    case "project":
      return assign(tokens);
    case "summarize": {
      const by = tokens.indexOf("by");
      if (by < 0) return assign(tokens);
      return new Set([...assign(tokens.slice(0, by)), ...assign(tokens.slice(by + 1))]);
    }
    case "order":
      if (tokens[0] !== "by") throw new Error("order without by");
      checkExpression(tokens.slice(1), known, found);
      return columns;
    case "take":
      return columns;
    default:
      throw new Error(`no operator: ${operator}`);
  }
}

/** `a = f(x), b` gives a and b; `bin(timestamp, 1h)` keeps its column's name. */
function readAssignments(tokens: readonly string[], known: ReadonlySet<string>, found: Found): Set<string> {
  return new Set(
    split(tokens, ",").map((part) => {
      const named = part[1] === "=";
      checkExpression(named ? part.slice(2) : part, known, found);
      const name = named || part.length === 1 ? part[0] : part[0] === "bin" ? part[2] : undefined;
      if (name === undefined) throw new Error(`no name for: ${part.join(" ")}`);
      return name;
    }),
  );
}

function checkExpression(tokens: readonly string[], known: ReadonlySet<string>, found: Found): void {
  if (tokens.length === 0) throw new Error("nothing where an expression should be");
  split(tokens, "");
  for (const [i, token] of tokens.entries()) {
    if (token.startsWith('"')) found.literals.add(token.slice(1, -1));
    if (/\{\w/.test(token)) found.placeholders.add(/\{(\w+)/.exec(token)?.[1] ?? "");
    if (!/^[A-Za-z_]/.test(token) || words.includes(token)) continue;
    if (tokens[i - 1] === ".") {
      if (tokens[i - 2] !== "customDimensions") throw new Error(`no members: ${tokens[i - 2] ?? ""}.${token}`);
      found.dimensions.add(token);
    } else if (tokens[i + 1] === "(") {
      if (!functions.includes(token)) throw new Error(`no function: ${token}`);
    } else if (!known.has(token)) throw new Error(`no column: ${token}`);
  }
}

/** Splits outside of parentheses, which have to match. */
function split(tokens: readonly string[], separator: string): string[][] {
  const parts: string[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token === "(") depth += 1;
    if (token === ")") depth -= 1;
    if (depth < 0) throw new Error("a parenthesis too many");
    if (token === separator && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  if (depth > 0) throw new Error("a parenthesis is not closed");
  return parts;
}
