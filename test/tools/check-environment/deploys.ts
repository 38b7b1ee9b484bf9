import { snapshotText } from "../../infra/compiler.ts";
import { type Made, parameterFile } from "./examples.ts";

/** Rejects with what the compiler or the template says against a deployment with these values. */
export async function deploys({ name, main, bootstrap }: Made): Promise<void> {
  const about = (template: string, values: object) => ({
    content: parameterFile(template, { ...values }),
    placeholders: "unset" as const,
  });
  await snapshotText(`environments/${name}/main.bicepparam`, "rg-acme", about("../../main.bicep", main));
  if (bootstrap !== undefined)
    await snapshotText(
      `environments/${name}/bootstrap.bicepparam`,
      null,
      about("../../bootstrap/main.bicep", bootstrap),
    );
}
