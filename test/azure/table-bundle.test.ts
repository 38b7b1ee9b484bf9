import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startAzure } from "../../sandbox/azure.ts";
import { authenticatedBy } from "../../sandbox/okta.ts";
import { startProcess, type AppProcess } from "../app.ts";
import { startOutcomesIn, type OutcomesIn } from "../functions/outcomes-in-azure.ts";

describe("a package without the bundle of the table", () => {
  const directory = mkdtempSync(join(tmpdir(), "package-"));
  let running: OutcomesIn<AppProcess>;

  const inProcess = {
    startAzure,
    start: (settings: Record<string, string>) => startProcess(settings, { app: directory }),
  };

  beforeAll(() => {
    for (const file of ["package.json", "host.json"]) cpSync(file, join(directory, file));
    for (const bundle of ["main", "key-vault", "application-insights"])
      cpSync(`dist/${bundle}.cjs`, join(directory, `dist/${bundle}.cjs`));
  });
  afterEach(() => running.stop());
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  async function send(): Promise<Record<string, string> | undefined> {
    const { okta, send: sendCode, eventsNamed } = running;
    expect((await sendCode()).judged.answer).toBe("successful");
    await okta.deliver([authenticatedBy("sms", { userId: "00uanother000000000001" })]);
    return (await eventsNamed("otp-outcome"))[0];
  }

  test("misses nothing where no table is set: it is not loaded", async () => {
    running = await startOutcomesIn(inProcess, () => ({}));
    expect(await send()).toMatchObject({ join: "off" });
    expect(running.app.output()).not.toContain("Warning");
  });

  test("sends codes and telemetry all the same where one is set, and says what is amiss", async () => {
    running = await startOutcomesIn(inProcess);
    expect(await send()).toMatchObject({ join: "failed" });
    expect(running.app.output()).toContain("The table of sent codes could not be used (MODULE_NOT_FOUND)");
  });
});
