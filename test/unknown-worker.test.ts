import { resolve } from "node:path";
import { bundleApp } from "./local/bundled-app.ts";
import { startBridge } from "./sandbox/bridge.ts";
import { hookBody } from "./sandbox/okta.ts";

test("where the worker shows no programming model, hooks go through the library, and the log says so", async () => {
  const app = bundleApp(`
    delete require("@azure/functions-core").getProgrammingModel;
    module.require(${JSON.stringify(resolve("dist/main.cjs"))});
  `);
  const bridge = await startBridge({}, { app: app.directory });
  try {
    expect((await bridge.post(hookBody())).verdict.answer).toBe("successful");
    expect((await bridge.post(hookBody(), { authorization: "wrong" })).status).toBe(401);
    expect((await bridge.post("{")).status).toBe(400);
    expect(bridge.eightByEight.messages).toHaveLength(1);
    expect(bridge.app.output()).toContain("The hook is invoked through @azure/functions");
  } finally {
    await bridge.stop();
    app.remove();
  }
});
