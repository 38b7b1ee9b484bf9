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
    ignores: ["src/8x8/**", "src/delivery/**"],
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
  { files: ["**/*.cjs"], rules: { "@typescript-eslint/no-require-imports": "off" } },
  { files: ["**/*.js", "**/*.cjs"], extends: [tseslint.configs.disableTypeChecked] },
);
