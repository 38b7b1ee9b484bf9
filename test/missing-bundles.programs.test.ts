import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startAzure } from "../tools/sandbox/azure.ts";
import { authenticatedBy } from "../tools/sandbox/okta.ts";
import { startProcess } from "./app.ts";
import { startOutcomesIn } from "./functions/outcomes-in-azure.ts";
import { buildApp } from "./worker/built.ts";

test("without its bundle for the table, the app sends codes and logs the failure", async () => {
  buildApp();
  const directory = mkdtempSync(join(tmpdir(), "package-"));
  const bundles = ["main", "key-vault", "application-insights"].map((name) => `dist/${name}.cjs`);
  for (const file of ["package.json", "host.json", ...bundles]) cpSync(file, join(directory, file));
  const start = (settings: Record<string, string>) => startProcess(settings, { app: directory });
  const { app, okta, send, stopAndReadEvents, ...running } = await startOutcomesIn({
    startAzure,
    start,
  });
  try {
    expect((await send()).judged.answer).toBe("successful");
    await okta.deliver([authenticatedBy("sms", { userId: "00uanother000000000001" })]);
    expect(await stopAndReadEvents("otp-outcome")).toMatchObject([{ join: "failed" }]);
    expect(await stopAndReadEvents("otp-delivery")).toMatchObject([{ outcome: "accepted" }]);
    expect(app.output()).toContain("The table of sent codes could not be used (MODULE_NOT_FOUND)");
  } finally {
    await running.stop();
    rmSync(directory, { recursive: true });
  }
});
