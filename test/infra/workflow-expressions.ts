/** What an expression may name at its place: a context, and its members where they are known. */
export type Scope = Readonly<Record<string, readonly string[] | "any">>;

// https://docs.github.com/actions/reference/workflows-and-actions/expressions
const functions = [
  ...["contains", "startsWith", "endsWith", "format", "join", "toJSON", "fromJSON", "hashFiles"],
  ...["success", "failure", "always", "cancelled"],
];
const tokenPattern = /\s+|'(?:[^']|'')*'|\d+(?:\.\d+)?|[A-Za-z_][\w-]*|==|!=|&&|\|\||[<>]=?|[!().,[\]*]/y;

// Written by whoever opens a pull request: in a script they are a way to run anything.
const untrusted =
  /github\.(head_ref|event\.(pull_request\.(title|body|head\.(ref|label))|issue|comment|review|commits))/;

/** Problems of every `${{ }}` in a text. */
export function lintExpressions(text: string, scope: Scope): string[] {
  const inside = [...text.matchAll(/\$\{\{(.*?)\}\}/gs)].map(([, expression = ""]) => expression);
  const opened = text.split("${{").length - 1;
  const unclosed = opened > inside.length ? [`an expression is not closed: ${text}`] : [];
  return [...unclosed, ...inside.flatMap((expression) => lintExpression(expression, scope))];
}

/** Problems of a script, in which an expression is also a way to inject commands. */
export function lintScript(script: string, scope: Scope): string[] {
  const injected = [...script.matchAll(/\$\{\{(.*?)\}\}/gs)].filter(([, expression = ""]) =>
    untrusted.test(expression),
  );
  return [...lintExpressions(script, scope), ...injected.map(([expression]) => `anybody can write into ${expression}`)];
}

/** Problems of one expression, such as the whole of an `if`. */
export function lintExpression(expression: string, scope: Scope): string[] {
  const tokens = tokenize(expression);
  if (tokens === undefined) return [`cannot be read: ${expression.trim()}`];
  if (tokens.length === 0) return ["an empty expression"];
  return [...lintOrder(tokens, expression), ...tokens.flatMap((token, i) => lintName(token, i, tokens, scope))];
}

function tokenize(expression: string): string[] | undefined {
  const pattern = new RegExp(tokenPattern);
  const tokens: string[] = [];
  while (pattern.lastIndex < expression.length) {
    const [token] = pattern.exec(expression) ?? [];
    if (token === undefined) return undefined;
    if (token.trim() !== "") tokens.push(token);
  }
  return tokens;
}

/** Operands and operators take turns, and brackets match. */
function lintOrder(tokens: readonly string[], expression: string): string[] {
  let depth = 0;
  let operandExpected = true;
  for (const token of tokens) {
    if (token === "(" || token === "[") {
      depth += 1;
      operandExpected = true;
    } else if (token === ")" || token === "]") {
      depth -= 1;
      operandExpected = false;
    } else if (/^([<>]=?|==|!=|&&|\|\||[,.])$/.test(token)) {
      if (operandExpected) return [`nothing before ${token}: ${expression.trim()}`];
      operandExpected = true;
    } else if (token !== "!") {
      if (!operandExpected) return [`no operator before ${token}: ${expression.trim()}`];
      operandExpected = false;
    }
    if (depth < 0) break;
  }
  return depth === 0 && !operandExpected ? [] : [`not whole: ${expression.trim()}`];
}

function lintName(token: string, i: number, tokens: readonly string[], scope: Scope): string[] {
  if (!/^[A-Za-z_]/.test(token) || tokens[i - 1] === "." || ["true", "false", "null"].includes(token)) return [];
  if (tokens[i + 1] === "(") return functions.includes(token) ? [] : [`there is no function ${token}`];
  const members = scope[token];
  if (members === undefined) return [`${token} does not exist here`];
  const member = tokens[i + 1] === "." ? tokens[i + 2] : undefined;
  if (members === "any" || member === undefined || members.includes(member)) return [];
  return [`${token}.${member} does not exist`];
}
