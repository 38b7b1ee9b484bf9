/** The phone page shows codes and sends hooks, so it runs on a developer's machine only. */
export function assertDevelopment(env: Readonly<Record<string, string | undefined>>): void {
  const environment = env["AZURE_FUNCTIONS_ENVIRONMENT"] || "Development";
  if (environment !== "Development")
    throw new Error(
      `AZURE_FUNCTIONS_ENVIRONMENT is ${environment}. npm start runs only in Development. Unset the variable.`,
    );
  if (env["WEBSITE_INSTANCE_ID"])
    throw new Error(
      "WEBSITE_INSTANCE_ID is set, as in Azure. npm start runs only in Development. Unset the variable.",
    );
}
