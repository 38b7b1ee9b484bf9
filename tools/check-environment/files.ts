import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import * as z from "zod";
import type { Bicep } from "./bicep.ts";
import { holdsExamples, parseWantedState, type WantedState } from "../okta/wanted-state.ts";
import { compile, refusalOf } from "./compiled.ts";
import {
  bootstrapValues,
  frontValues,
  mainValues,
  type Neighbor,
  pipeline,
  type Stage,
} from "./environment.ts";
import {
  bootstrapValidators,
  describeInvalid,
  frontValidators,
  mainValidators,
} from "./validators.ts";
import { forbiddenIn } from "./values-file.ts";
import { otherVersions } from "./pinned-version.ts";
import { type Finding, judge, judgeHosts, problem, warning } from "./judge.ts";

const reasons = z.record(z.string(), z.string());

/** @param folder an absolute path. */
export async function check(
  folder: string,
  call: Bicep["call"],
  env: Readonly<Record<string, string | undefined>>,
  stageWithoutPipeline?: Stage,
): Promise<Finding[]> {
  const findings: Finding[] = otherVersions().map(problem);
  const stage = orProblem(() => readStage(folder) ?? stageWithoutPipeline);
  const okta = orProblem(() => readOkta(folder));
  const accepted =
    orProblem(() => readJson(join(folder, "accepted.json"), reasons, '{"<rule>": "<reason>"}')) ??
    {};
  const front = await compiled("front", frontValues, frontValidators);
  const bootstrap = await compiled("bootstrap", bootstrapValues, bootstrapValidators);
  const main = await compiled("main", mainValues, mainValidators, bootstrap?.location);
  const name = basename(folder);
  const hosts = judgeHosts(name, { main, bootstrap, front, okta }, env);
  if (main === undefined) return [...findings, ...hosts];
  const neighbors = await readNeighbors(folder, stage, call);
  const environment = { name, stage, main, bootstrap, okta, neighbors };
  return [...findings, ...judge(environment, accepted), ...hosts];

  function orProblem<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      findings.push(problem(error instanceof Error ? error.message : String(error)));
      return undefined;
    }
  }

  async function compiled<T>(
    name: "main" | "bootstrap" | "front",
    schema: z.ZodType<T>,
    validators: z.ZodType,
    region?: string,
  ): Promise<T | undefined> {
    const file = join(folder, `${name}.bicepparam`);
    if (!existsSync(file)) return undefined;
    const forbidden = forbiddenIn(file);
    findings.push(...forbidden.map(problem));
    if (forbidden.length > 0) return undefined;
    const { errors, warnings, values } = await compile(call, file);
    findings.push(...errors.map(problem), ...warnings.map(warning));
    if (errors.length > 0 || values === undefined) return undefined;
    const invalid = describeInvalid(validators, values);
    // If a value is invalid, the template's error would only be a consequence.
    const group = name === "bootstrap" ? null : "rg-checked";
    const ofTemplate = () => refusalOf(call, file, { group, region, ...subscriptionOf(values) });
    const refusal = invalid.length > 0 ? undefined : await ofTemplate();
    for (const words of refusal === undefined ? invalid : [refusal])
      findings.push(problem(`${name}.bicepparam: ${words}`));
    return schema.parse(values);
  }
}

/**
 * Reads the values of an environment, and of its Okta org. Throws if a file could read other files,
 * or does not compile.
 */
export async function readValues(folder: string, call: Bicep["call"]) {
  const valuesIn = async <T>(name: string, schema: z.ZodType<T>): Promise<T | undefined> => {
    const file = join(folder, `${name}.bicepparam`);
    if (!existsSync(file)) return undefined;
    const forbidden = forbiddenIn(file);
    const { errors, values } =
      forbidden.length > 0 ? { errors: forbidden, values: {} } : await compile(call, file);
    if (errors.length > 0) throw new Error(errors.join("\n"));
    return schema.parse(values);
  };
  return {
    main: await valuesIn("main", mainValues),
    bootstrap: await valuesIn("bootstrap", bootstrapValues),
    front: await valuesIn("front", frontValues),
    okta: readOkta(folder),
  };
}

/** The files do not name the deployment's subscription, but the compiler needs a subscription. */
function subscriptionOf(values: Readonly<Record<string, unknown>>): { subscription?: string } {
  const named = z
    .object({ network: z.object({ endpointSubnetId: z.string() }) })
    .safeParse(values).data;
  const subscription = named?.network.endpointSubnetId.split("/")[2]?.toLowerCase();
  return subscription === undefined ? {} : { subscription };
}

/** Reads the other environments in the same folder. Errors in their files are ignored. */
function readNeighbors(
  folder: string,
  stage: Stage | undefined,
  call: Bicep["call"],
): Promise<Neighbor[]> {
  const beside = readdirSync(dirname(folder))
    .map((name) => join(dirname(folder), name))
    .filter((other) => other !== folder && existsSync(join(other, "main.bicepparam")));
  return Promise.all(
    beside.map(async (other) => {
      const theirs = orNothing(() => readStage(other));
      const isCompared = stage === "standby" && theirs === "production";
      const values = isCompared ? await readValues(other, call).catch(() => undefined) : undefined;
      return {
        stage: theirs,
        okta: orNothing(() => readOkta(other)),
        main: values?.main,
        bootstrap: values?.bootstrap,
      };
    }),
  );
}

function orNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function readStage(folder: string): Stage | undefined {
  return readJson(
    join(folder, "pipeline.json"),
    pipeline,
    '{"stage": "test", "production" or "standby"}',
  )?.stage;
}

/**
 * Returns undefined if okta.json does not exist or still has example values, because Okta is set up
 * last.
 */
function readOkta(folder: string): WantedState | undefined {
  const file = join(folder, "okta.json");
  if (!existsSync(file)) return undefined;
  const state = parseWantedState(readFileSync(file, "utf8"), "okta.json");
  return holdsExamples(state) ? undefined : state;
}

/** Returns undefined if the file does not exist. Throws if the file is invalid. */
function readJson<T>(file: string, schema: z.ZodType<T>, words: string): T | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return schema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new Error(`${basename(file)} does not have the format ${words}.`, { cause: error });
  }
}
