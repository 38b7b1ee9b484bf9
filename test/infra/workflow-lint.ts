import { parse } from "yaml";
import { lintExpression, lintExpressions, type Scope } from "./workflow-expressions.ts";
import * as known from "./workflow-keys.ts";
import { lintSteps, node, type Node, pick, str, unknownKeys } from "./workflow-steps.ts";

/**
 * What GitHub, or a reviewer, would refuse in a workflow; nothing if all is well.
 * @param readWorkflow Another workflow of this repository, by its path.
 */
export function lintWorkflow(text: string, readWorkflow: (path: string) => string | undefined): string[] {
  let workflow: Node;
  try {
    workflow = node(parse(text));
  } catch (error) {
    return [(error as Error).message];
  }
  const inputs = Object.keys(inputsOf(workflow));
  const jobs = node(workflow["jobs"]);
  const names = {
    github: "any",
    vars: "any",
    secrets: "any",
    runner: "any",
    job: "any",
    strategy: "any",
    inputs,
  } as const;
  return [
    ...unknownKeys("the workflow", workflow, known.workflowKeys),
    ...lintTriggers(node(workflow["on"])),
    ...lintPermissions("the workflow", workflow["permissions"]),
    ...lintConcurrency("the workflow", workflow["concurrency"], pick(names, known.contexts.workflow)),
    ...Object.entries(jobs).flatMap(([name, value]) => lintJob(name, node(value), jobs, names, readWorkflow)),
  ];
}

function lintTriggers(on: Node): string[] {
  return Object.entries(on).flatMap(([event, filters]) => {
    const keys = known.events[event];
    if (keys === undefined) return [`there is no event ${event}`];
    const inputs = Object.entries(node(node(filters)["inputs"]));
    return [
      ...unknownKeys(event, node(filters), keys),
      ...inputs.flatMap(([name, input]) => unknownKeys(`the input ${name}`, node(input), known.inputKeys)),
    ];
  });
}

function lintJob(
  name: string,
  job: Node,
  jobs: Node,
  names: Scope,
  readWorkflow: (path: string) => string | undefined,
): string[] {
  const needs = [job["needs"] ?? []].flat() as string[];
  const matrix = Object.keys(node(node(job["strategy"])["matrix"]));
  const env = Object.keys(node(job["env"]));
  const scope: Scope = { ...names, needs: allNeeds(needs, jobs), matrix, env, steps: [] };
  const inJob = pick(scope, known.contexts.job);
  const isCall = job["uses"] !== undefined;
  const problems = [
    ...unknownKeys("it", job, isCall ? known.callKeys : known.jobKeys),
    ...needs.filter((need) => !(need in jobs)).map((need) => `needs ${need}, which is no job`),
    ...(allNeeds(needs, jobs).includes(name) ? ["needs itself"] : []),
    ...(job["if"] === undefined ? [] : lintExpression(str(job["if"]), pick(scope, known.contexts.jobIf))),
    ...lintPermissions("it", job["permissions"]),
    ...unknownKeys("its strategy", node(job["strategy"]), known.strategyKeys),
    ...lintConcurrency("its", job["concurrency"], inJob),
    ...lintExpressions(JSON.stringify([job["environment"], job["env"], job["with"], job["runs-on"]]), inJob),
    ...(isCall ? lintCall(job, readWorkflow) : lintSteps(job, scope)),
  ];
  return problems.map((problem) => `job ${name}: ${problem}`);
}

function lintCall(job: Node, readWorkflow: (path: string) => string | undefined): string[] {
  const path = String(job["uses"]);
  const text = path.startsWith("./") ? readWorkflow(path.slice(2)) : undefined;
  if (text === undefined) return [`uses ${path}, which is not in this repository`];
  const called = node(parse(text));
  const inputs = inputsOf(called);
  const given = Object.keys(node(job["with"]));
  const wanted = Object.entries(inputs).filter(([, input]) => input["required"] === true);
  const granted = node(job["permissions"]);
  const asked = Object.values(node(called["jobs"])).flatMap((inner) =>
    Object.entries(node(node(inner)["permissions"])),
  );
  return [
    ...given.filter((input) => inputs[input] === undefined).map((input) => `${path} has no input ${input}`),
    ...wanted.filter(([input]) => !given.includes(input)).map(([input]) => `${path} needs the input ${input}`),
    ...asked.filter(([key, value]) => granted[key] !== value).map(([key]) => `${path} needs the permission ${key}`),
  ];
}

function lintPermissions(where: string, permissions: unknown): string[] {
  if (typeof permissions === "string") return [`${where} asks for ${permissions}`];
  const entries = Object.entries(node(permissions));
  const wrong = entries.filter(([, value]) => !["read", "write", "none"].includes(String(value)));
  return [
    ...unknownKeys(`${where}: permissions`, node(permissions), known.permissionScopes),
    ...wrong.map(([key, value]) => `${where} asks for ${key}: ${String(value)}`),
  ];
}

function lintConcurrency(where: string, concurrency: unknown, scope: Scope): string[] {
  const unknown = typeof concurrency === "string" ? [] : unknownKeys(where, node(concurrency), known.concurrencyKeys);
  return [...unknown, ...lintExpressions(JSON.stringify(concurrency ?? ""), scope)];
}

/** The jobs that are done before this one; itself among them where they go round in a circle. */
function allNeeds(needs: readonly string[], jobs: Node, seen: readonly string[] = []): string[] {
  const fresh = needs.filter((need) => !seen.includes(need));
  const further = fresh.flatMap((need) => [node(jobs[need])["needs"] ?? []].flat() as string[]);
  return fresh.length === 0 ? [...seen] : allNeeds(further, jobs, [...seen, ...fresh]);
}

function inputsOf(workflow: Node): Readonly<Record<string, Node>> {
  const { workflow_call: call, workflow_dispatch: dispatch } = node(workflow["on"]);
  return { ...node(node(call)["inputs"]), ...node(node(dispatch)["inputs"]) } as Record<string, Node>;
}
