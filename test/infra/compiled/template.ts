// A template as the compiler writes it for Azure. Snapshots have no order, no bounds and no module's outputs: these are read here.
import { build } from "../compiler.ts";

export interface Form {
  readonly type?: string;
  readonly $ref?: string;
  readonly nullable?: boolean;
  readonly allowedValues?: readonly unknown[];
  readonly defaultValue?: unknown;
  readonly minValue?: number;
  readonly maxValue?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly items?: Form;
  readonly properties?: Readonly<Record<string, Form>>;
  readonly additionalProperties?: Form | false;
  readonly discriminator?: { readonly propertyName: string; readonly mapping: Readonly<Record<string, Form>> };
}

interface Resource {
  readonly dependsOn?: readonly string[];
  readonly condition?: string;
  readonly properties?: { readonly template?: Template };
}

export interface Template {
  readonly parameters?: Readonly<Record<string, Form>>;
  readonly definitions?: Readonly<Record<string, Form>>;
  readonly resources: Readonly<Record<string, Resource>>;
  readonly outputs?: Readonly<Record<string, { readonly value?: unknown }>>;
}

/** A template of infra/, compiled. */
export async function compile(file: string): Promise<Template> {
  const { contents, diagnostics } = await build(file);
  if (contents === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return JSON.parse(contents) as Template;
}

/** What each resource and module waits for, and whether it is made, those inside of modules too: `module/resource: others if …`. */
export function orderOf({ resources }: Template, inside = ""): readonly string[] {
  return Object.entries(resources).flatMap(([name, { dependsOn = [], condition, properties }]) => [
    [`${inside}${name}:`, ...[...dependsOn].sort(), ...(condition === undefined ? [] : ["if", condition])].join(" "),
    ...(properties?.template === undefined ? [] : orderOf(properties.template, `${inside}${name}/`)),
  ]);
}

/** A type on one line: its bounds as `1..20`, its choices as `a|b`, whether it takes more properties than it names. */
export function describeForm(form: Form): string {
  const { type, $ref, nullable, allowedValues, items, properties, additionalProperties, discriminator } = form;
  const names = (forms: Readonly<Record<string, Form>>) =>
    `{ ${Object.entries(forms)
      .map(([name, inner]) => `${name}: ${describeForm(inner)}`)
      .join(", ")} }`;
  const range = [form.minValue ?? form.minLength ?? "", form.maxValue ?? form.maxLength ?? ""].join("..");
  return [
    ($ref?.replace(/^.*\/(_\d+\.)?/, "") ?? allowedValues?.join("|") ?? type ?? "") + (nullable === true ? "?" : ""),
    range === ".." ? "" : range,
    items && `of ${describeForm(items)}`,
    properties && Object.keys(properties).length > 0 ? names(properties) : "",
    discriminator && names(discriminator.mapping),
    // Without it, a misspelled property is taken and has no effect.
    additionalProperties === false
      ? "sealed"
      : additionalProperties && `of any name: ${describeForm(additionalProperties)}`,
    "defaultValue" in form ? `= ${JSON.stringify(form.defaultValue)}` : "",
  ]
    .filter(Boolean)
    .join(" ");
}
