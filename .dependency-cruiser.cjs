/** The import rules of ARCHITECTURE.md as a table. `npm run check:layers` holds them. */
const onlyFrom = (name, from, allowed, comment) => ({
  name,
  severity: "error",
  comment,
  from,
  to: { pathNot: allowed },
});

module.exports = {
  forbidden: [
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-orphans",
      severity: "error",
      from: {
        orphan: true,
        pathNot: ["\\.d\\.ts$", "\\.config\\.(ts|js)$", "^scripts/", "^e2e/", "^renderer/public/"],
      },
      to: {},
    },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true, pathNot: "^electron" } },
    onlyFrom(
      "shared-is-pure",
      { path: "^shared/", pathNot: "\\.test\\.ts$" },
      [
        "^shared/",
        "^docs/schemas/",
        "node_modules/(valibot|ajv|ajv-formats|jsonc-parser|fast-json-patch|re2js|pure-rand|@faker-js/faker)/",
      ],
      "shared/ imports itself, the published schemas, and pure packages: no Node built-ins, no Vue, no Electron.",
    ),
    onlyFrom(
      "core-feature",
      { path: "^electron/core/([^/]+)/", pathNot: "\\.test\\.ts$" },
      ["^shared/", "^electron/core/", "^node:", "node_modules/", "^[a-z_/0-9]+$"],
      "A core feature imports shared, the core and packages, never a host or the renderer.",
    ),
    {
      name: "plain-secrets-for-redaction-alone",
      severity: "error",
      comment: "What it returns are the plain texts of secrets.",
      from: { pathNot: "^electron/core/sender/redaction\\.ts$" },
      to: { path: "^electron/core/sender/reveal-for-redaction\\.ts$" },
    },
    {
      name: "core-never-electron",
      severity: "error",
      from: { pathNot: "^electron/hosts/desktop/" },
      to: { path: "^electron(/(main|common|renderer))?$|node_modules/electron/" },
    },
    {
      name: "core-never-hosts",
      severity: "error",
      from: { path: "^electron/core/" },
      to: { path: "^(electron/hosts|renderer)/" },
    },
    {
      name: "hosts-enter-the-core-by-its-doors",
      severity: "error",
      comment: "The files at the top of electron/core are its doors.",
      from: { path: "^electron/hosts/" },
      to: { path: "^electron/core/[^/]+/" },
    },
    {
      name: "hosts-apart",
      severity: "error",
      from: { path: "^electron/hosts/([^/]+)/" },
      to: { path: "^electron/hosts/([^/]+)/", pathNot: "^electron/hosts/$1/" },
    },
    {
      name: "renderer-knows-only-the-contract",
      severity: "error",
      from: { path: "^renderer/" },
      to: { path: "^electron/", dependencyTypesNot: ["npm", "npm-dev"] },
    },
    {
      name: "renderer-never-node",
      severity: "error",
      from: { path: "^renderer/", pathNot: "\\.test\\.ts$" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "renderer-features-by-their-door",
      severity: "error",
      from: { path: "^renderer/features/([^/]+)/" },
      to: { path: "^renderer/features/([^/]+)/", pathNot: ["^renderer/features/$1/", "/index\\.ts$"] },
    },
    {
      name: "renderer-layers",
      severity: "error",
      comment: "ui, client, editor and layout stand below the features.",
      from: { path: "^renderer/(ui|client|editor|layout)/" },
      to: { path: "^renderer/features/" },
    },
    {
      name: "end-to-end-from-outside",
      severity: "error",
      from: { path: "^e2e/" },
      to: { path: "^(electron|renderer)/" },
    },
    {
      name: "scripts-import-nothing-of-the-product",
      severity: "error",
      from: { path: "^scripts/" },
      to: { path: "^(electron|renderer|shared|e2e)/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
