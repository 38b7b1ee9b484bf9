import { findDebugVariables } from "../../src/settings/warnings.ts";

const all = { AZURE_LOG_LEVEL: "verbose", DEBUG: "*", NODE_DEBUG: "https", PATH: "/bin" };

test("in Azure those that an SDK reads later are to be removed, and those that Node.js has read are named", () => {
  expect(findDebugVariables(all, false)).toEqual({
    removable: ["AZURE_LOG_LEVEL", "DEBUG"],
    remaining: ["NODE_DEBUG"],
  });
});

test("what is not set, or empty, is not named", () => {
  expect(findDebugVariables({ DEBUG: "", PATH: "/bin" }, false)).toEqual({
    removable: [],
    remaining: [],
  });
});

test("on a laptop all of them are the developer's choice", () => {
  expect(findDebugVariables(all, true)).toEqual({ removable: [], remaining: [] });
});
