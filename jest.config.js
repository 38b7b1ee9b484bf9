export default {
  testEnvironment: "node",
  testTimeout: 20_000,
  // In the realm of a test each look at a global is slow: three million fingerprints took 20 s of CPU, and take 2.
  sandboxInjectedGlobals: ["Math"],
  globalSetup: "<rootDir>/test/global-setup.ts",
  roots: ["<rootDir>/test", "<rootDir>/lab/test"],
  testMatch: ["**/*.test.ts"],
  transform: {
    "\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2024" }, module: { type: "commonjs" } },
    ],
  },
};
