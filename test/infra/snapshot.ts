import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The examples' snapshots are committed, so tests of the examples need no compiler. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly apiVersion: string;
  readonly location?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly [property: string]: unknown;
}

export interface Snapshot {
  readonly predictedResources: readonly Resource[];
  readonly outputs: Readonly<Record<string, string>>;
  /** SHA-256 hashes of the files that the snapshot was made from, by path. */
  readonly madeFrom: Readonly<Record<string, string>>;
}

export const root = join(__dirname, "../..");
export const examples = ["small", "dev", "prod", "dr"] as const;
/** Examples with a snapshot. examples.programs.test.ts compares the others with prod. */
export const environments = ["small", "prod"] as const;
export const bootstrapped = ["prod"] as const;
export type Environment = (typeof examples)[number];

export function readProjectFile(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

export function readSnapshot(path: string): Snapshot {
  return JSON.parse(readProjectFile(path)) as Snapshot;
}

const ofExample = (file: string) =>
  readSnapshot(`infra/environments/examples/${file}.snapshot.json`);

export const main = {
  small: ofExample("small/main"),
  prod: ofExample("prod/main"),
};

export const bootstrap = { prod: ofExample("prod/bootstrap") };

export const front = ofExample("front/front");

/** Tests do not check files of the company that deploys. */
export const isCompanys = (file: string) => /^environments\/(?!examples\/)/.test(file);

export function all(snapshot: Snapshot, type: string): readonly Resource[] {
  return snapshot.predictedResources.filter(
    (resource) => resource.type.toLowerCase() === type.toLowerCase(),
  );
}

export function one(snapshot: Snapshot, type: string): Resource {
  const [resource, ...others] = all(snapshot, type);
  if (resource === undefined || others.length > 0)
    throw new Error(`expected one ${type}, found ${others.length}`);
  return resource;
}

export function at(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (inner, key) => (isRecord(inner) || Array.isArray(inner) ? (inner as never)[key] : undefined),
      value,
    );
}

export function list(value: unknown, path: string): readonly unknown[] {
  const found = at(value, path);
  return Array.isArray(found) ? found : [];
}

export function text(value: unknown, path: string): string {
  const found = at(value, path);
  return typeof found === "string" ? found : "";
}

export function* leaves(value: unknown): Generator<{ key: string; value: unknown }> {
  if (!isRecord(value) && !Array.isArray(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    yield { key, value: inner };
    yield* leaves(inner);
  }
}

export function appSettings(snapshot: Snapshot): Readonly<Record<string, string>> {
  const settings = list(one(snapshot, "Microsoft.Web/sites"), "properties.siteConfig.appSettings");
  return Object.fromEntries(
    settings.map((setting) => [text(setting, "name"), text(setting, "value")]),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
