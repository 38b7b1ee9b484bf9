import { lintExpression, lintExpressions, lintScript, type Scope } from "./workflow-expressions.ts";
import { actionInputs, contexts, stepKeys } from "./workflow-keys.ts";

export type Node = Readonly<Record<string, unknown>>;

/** What would be refused in the steps of a job. */
export function lintSteps(job: Node, scope: Scope): string[] {
  const steps = (job["steps"] ?? []) as Node[];
  const runner = str(job["runs-on"]);
  const earlier: string[] = [];
  const problems = steps.flatMap((step, i) => {
    const inStep = pick({ ...scope, steps: [...earlier] }, contexts.step);
    if (typeof step["id"] === "string") earlier.push(step["id"]);
    const { run, with: inputs, env, name } = step;
    return [
      ...unknownKeys("it", step, stepKeys),
      ...((run === undefined) === (step["uses"] === undefined) ? ["has to have either uses or run"] : []),
      ...(step["if"] === undefined ? [] : lintExpression(str(step["if"]), inStep)),
      ...(run === undefined ? lintAction(step) : lintScript(str(run), inStep)),
      ...lintExpressions(JSON.stringify([inputs, env, name]), inStep),
    ].map((problem) => `step ${i + 1}: ${problem}`);
  });
  return [
    ...problems,
    ...(steps.length === 0 ? ["has no steps"] : []),
    ...(/-\d/.test(runner) ? [] : [`runs on ${runner}, which changes without notice`]),
    ...(job["timeout-minutes"] === undefined ? ["has no timeout"] : []),
    ...(job["permissions"] === undefined ? ["does not say its permissions"] : []),
  ];
}

function lintAction(step: Node): string[] {
  const [action = "", commit = ""] = str(step["uses"] ?? "").split("@");
  const inputs = actionInputs[action];
  if (inputs === undefined) return [`${action} is no action that we use`];
  return [
    ...(/^[\da-f]{40}$/.test(commit) ? [] : [`${action} is not pinned by its commit`]),
    ...unknownKeys(action, node(step["with"]), inputs),
  ];
}

export function unknownKeys(where: string, value: Node, keys: readonly string[]): string[] {
  return Object.keys(value)
    .filter((key) => !keys.includes(key))
    .map((key) => `${where} knows no ${key}`);
}

export function pick(scope: Scope, contexts: readonly string[]): Scope {
  return Object.fromEntries(Object.entries(scope).filter(([name]) => contexts.includes(name)));
}

export function node(value: unknown): Node {
  return typeof value === "object" && value !== null ? (value as Node) : {};
}

/** A string, or what YAML made of one. */
export function str(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? "");
}
