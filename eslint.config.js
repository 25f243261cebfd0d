import vue from "eslint-plugin-vue";
import typescript from "typescript-eslint";

/** Only these may see a secret's value: on its way to the wire, to redaction, or into the encrypted vault. */
const revealers = [
  "electron/core/sender/build-request.ts",
  "electron/core/sender/proxy-headers.ts",
  "electron/core/sender/reveal-for-redaction.ts",
  "electron/core/vault/**",
];

export default typescript.config(
  { ignores: ["dist/", "release/", "node_modules/", "test-results/", "playwright-report/"] },
  ...typescript.configs.recommended,
  ...vue.configs["flat/recommended"],
  {
    files: ["**/*.{ts,vue,mjs,js}"],
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-restricted-properties": [
        "error",
        { property: "reveal", message: "Only the request builder and the vault reveal a secret." },
      ],
      eqeqeq: "error",
    },
  },
  { files: revealers, rules: { "no-restricted-properties": "off" } },
  {
    files: ["renderer/**/*.{ts,vue}"],
    languageOptions: { parserOptions: { parser: typescript.parser } },
    rules: {
      "vue/no-v-html": "error",
      "vue/max-attributes-per-line": "off",
      "vue/singleline-html-element-content-newline": "off",
      "vue/html-self-closing": "off",
      "vue/html-indent": "off",
      "vue/html-closing-bracket-newline": "off",
      "vue/multiline-html-element-content-newline": "off",
      "vue/first-attribute-linebreak": "off",
      "vue/attributes-order": "off",
      "vue/require-default-prop": "off",
      "vue/multi-word-component-names": "off",
      "no-restricted-globals": ["error", "process", "Buffer", "require", "global"],
    },
  },
  { files: ["**/*.cjs"], rules: { "@typescript-eslint/no-require-imports": "off" } },
);
