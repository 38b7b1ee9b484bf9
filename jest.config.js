import { availableParallelism } from "node:os";

// `npm run test:long` sets TEST_LONG.
const long = process.env["TEST_LONG"] !== undefined;

const swc = (syntax) => ({
  jsc: { parser: { syntax }, target: "es2024" },
  module: { type: "commonjs" },
});

export default {
  testEnvironment: "<rootDir>/test/worker/environment.ts",
  // Milliseconds. On a busy machine, a test that compiles infra/ takes over a minute.
  testTimeout: 180_000,
  // In Jest, every use of a global is slow. With this setting, three million fingerprints take 2 s
  // of CPU instead of 20 s.
  sandboxInjectedGlobals: ["Math"],
  // Starts three workers on two cores, because suites spend half of their time waiting for timers
  // and for other processes.
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
  // The package jose is published only as ES modules.
  transformIgnorePatterns: ["/node_modules/(?!jose/)"],
};
