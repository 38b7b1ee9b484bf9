import { availableParallelism } from "node:os";

// npm run test:long.
const long = process.env["TEST_LONG"] !== undefined;

const swc = (syntax) => ({
  jsc: { parser: { syntax }, target: "es2024" },
  module: { type: "commonjs" },
});

export default {
  testEnvironment: "<rootDir>/test/worker/environment.ts",
  // Ends a test that hangs. On a busy machine, a test that compiles infra/ takes over a minute.
  testTimeout: 180_000,
  // In the realm of a test each look at a global is slow: three million fingerprints took 20 s of
  // CPU, and take 2.
  sandboxInjectedGlobals: ["Math"],
  // Three for two cores: half of the suites' time is waiting, for timers and for other processes.
  maxWorkers: Math.ceil(1.5 * availableParallelism()),
  cacheDirectory: "<rootDir>/.cache/jest",
  globalSetup: "<rootDir>/test/global-setup.ts",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", ...(long ? [] : ["\\.long\\.test\\.ts$"])],
  transform: {
    "\\.ts$": ["@swc/jest", swc("typescript")],
    "/jose/.*\\.js$": ["@swc/jest", swc("ecmascript")],
  },
  // jose is an ES module alone.
  transformIgnorePatterns: ["/node_modules/(?!jose/)"],
};
