import jest from "eslint-plugin-jest";
import tseslint from "typescript-eslint";

const mergedLiteral = {
  selector: "ObjectExpression > SpreadElement > ObjectExpression",
  message: "Write the properties of this object literal into the one around it.",
};

export default tseslint.config(
  { ignores: ["dist/", "coverage/", ".cache/", "tools/bench/node_modules/"] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ["*.js"] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "no-console": "error",
      "no-restricted-syntax": ["error", mergedLiteral],
      eqeqeq: "error",
    },
  },
  {
    files: [
      "scripts/**",
      "tools/*.ts",
      "tools/bench/**",
      "tools/{guard/simulate,local/screenshots}/**",
    ],
    rules: { "no-console": "off" },
  },
  // A file is read on a screen or two; a longer one has two subjects.
  { files: ["{src,tools,scripts}/**/*.ts"], rules: { "max-lines": ["error", 180] } },
  {
    files: ["src/**/*.ts"],
    ignores: ["src/8x8/**", "src/rules/**"],
    rules: {
      "no-restricted-syntax": [
        "error",
        mergedLiteral,
        {
          selector: "CallExpression[callee.property.name='expose']",
          message:
            "A number, code or text is exposed only where it is judged, hashed or sent to 8x8: anywhere else it could be printed. Pass the class on.",
        },
      ],
    },
  },
  // A test that cannot fail, that does not run, or whose name is taken proves nothing.
  {
    files: ["test/**/*.ts"],
    plugins: { jest },
    rules: {
      // What waits for something fails if that does not come.
      "jest/expect-expect": [
        "error",
        {
          assertFunctionNames: [
            "expect*",
            "fc.assert",
            "until",
            "**.printed",
            "**.waitFor",
            "desk.message",
            "stream.item",
          ],
        },
      ],
      "jest/no-commented-out-tests": "error",
      "jest/no-conditional-expect": "error",
      "jest/no-disabled-tests": "error",
      "jest/no-duplicate-hooks": "error",
      "jest/no-focused-tests": "error",
      "jest/no-identical-title": "error",
      "jest/no-test-return-statement": "error",
      "jest/valid-describe-callback": "error",
      "jest/valid-expect": "error",
      "jest/valid-expect-in-promise": "error",
      "jest/valid-title": "error",
    },
  },
  { files: ["**/*.cjs"], rules: { "@typescript-eslint/no-require-imports": "off" } },
  { files: ["**/*.js", "**/*.cjs"], extends: [tseslint.configs.disableTypeChecked] },
);
