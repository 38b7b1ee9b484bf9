import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { startBridge } from "./bridge.ts";
import { hookBody } from "../sandbox/okta.ts";

describe("the package that is deployed", () => {
  const archive = "okta-8x8-telephony.zip";
  let files: Record<string, Uint8Array>;

  beforeAll(() => {
    execFileSync(process.execPath, ["scripts/package.ts"]);
    files = unzipSync(readFileSync(archive));
  });

  test("holds the bundles, their maps and the host's settings, and nothing else", () => {
    expect(Object.keys(files).sort()).toEqual([
      "dist/application-insights.cjs",
      "dist/application-insights.cjs.map",
      "dist/key-vault.cjs",
      "dist/key-vault.cjs.map",
      "dist/main.cjs",
      "dist/main.cjs.map",
      "host.json",
      "package.json",
    ]);
  });

  test("is under 4 MB, and its main bundle under 2.5 MB", () => {
    expect(readFileSync(archive).length).toBeLessThan(4_000_000);
    expect(files["dist/main.cjs"]?.length).toBeLessThan(2_500_000);
  });

  test("answers a hook with nothing beside it", async () => {
    const directory = mkdtempSync(join(tmpdir(), "package-"));
    for (const [name, bytes] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, name)), { recursive: true });
      writeFileSync(join(directory, name), bytes);
    }
    const bridge = await startBridge({}, { app: directory });
    try {
      expect((await bridge.post(hookBody())).judged.answer).toBe("successful");
    } finally {
      await bridge.stop();
      rmSync(directory, { recursive: true });
    }
  });
});
