export default {
  testEnvironment: "node",
  testTimeout: 20_000,
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
