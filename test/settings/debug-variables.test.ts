import { findDebugVariables } from "../../src/settings/warnings.ts";

const all = { AZURE_LOG_LEVEL: "verbose", DEBUG: "*", NODE_DEBUG: "https", PATH: "/bin" };

test("findDebugVariables separates variables that SDKs will read from variables that Node.js has read", () => {
  expect(findDebugVariables(all, false)).toEqual({
    removable: ["AZURE_LOG_LEVEL", "DEBUG"],
    remaining: ["NODE_DEBUG"],
  });
});

test("findDebugVariables finds no variables on a laptop", () => {
  expect(findDebugVariables(all, true)).toEqual({ removable: [], remaining: [] });
});
