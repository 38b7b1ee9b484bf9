import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startAuthorizationServer, type AuthorizationServer } from "../../sandbox/okta/authorization-server.ts";
import { hookBody } from "../../sandbox/okta.ts";
import { startProcess, type AppProcess } from "../app.ts";

describe("a package without the bundle of access tokens", () => {
  const directory = mkdtempSync(join(tmpdir(), "package-"));
  let server: AuthorizationServer;
  let app: AppProcess;

  beforeAll(async () => {
    for (const file of ["package.json", "host.json", "dist/main.cjs"]) cpSync(file, join(directory, file));
    server = await startAuthorizationServer();
  });
  afterEach(() => app.stop());
  afterAll(async () => {
    await server.close();
    rmSync(directory, { recursive: true });
  });

  test("misses nothing where the secret alone is taken: it is not loaded, and nobody's keys are read", async () => {
    app = await startProcess({ ...server.env, OKTA_HOOK_AUTH: "secret" }, { app: directory });
    expect((await app.post(hookBody())).judged.answer).toBe("successful");
    expect(app.output()).not.toContain("Warning");
    expect(server.requests).toEqual([]);
  });

  test("takes the secret all the same where both are taken, and says what is amiss", async () => {
    app = await startProcess({ ...server.env, OKTA_HOOK_AUTH: "either" }, { app: directory });
    expect((await app.post(hookBody())).judged.answer).toBe("successful");
    const authorization = `Bearer ${await server.fetchToken()}`;
    expect((await app.post(hookBody(), { authorization })).status).toBe(503);
    expect(app.output()).toContain("okta-token-keys could not be read (MODULE_NOT_FOUND)");
    expect((await fetch(`${app.url}/api/health`)).status).toBe(503);
  });
});
