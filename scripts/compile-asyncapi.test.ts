import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "vite";
import { expect, onTestFinished, test } from "vitest";
import { compileAsyncApi, compileAsyncApiText } from "./compile-asyncapi";

const document = `
asyncapi: 2.6.0
info: { title: Small, version: "1" }
channels:
  /events:
    publish:
      message:
        $ref: "#/components/messages/Greeting"
components:
  messages:
    Greeting:
      name: GREETING
      title: Greeting
      summary: Somebody says hello
      description: Send it to say hello.
      x-phrase: a hello
      payload: { $ref: "#/components/schemas/Greeting" }
      examples:
        - payload: { from: ada@example.com, words: hello, at: "2026-05-04T10:15:30Z", parts: [{ page: "https://shop.example/" }] }
  schemas:
    Greeting:
      type: object
      required: [from]
      properties:
        from: { type: string, format: email }
        words: { type: string, minLength: 2, maxLength: 5 }
        at: { type: string, format: date-time }
        parts: { type: array, items: { $ref: "#/components/schemas/Part" } }
    Part:
      type: object
      properties:
        page: { type: string, format: uri }
        size: { type: integer, minimum: 1 }
`;

const problemOf = (text: string): string => {
  try {
    compileAsyncApiText(text, "small.asyncapi.yaml");
    return "no problem";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

const change = (from: string, to: string): string => {
  expect(document).toContain(from);
  return document.replace(from, to);
};

test("a document that is right has no problem", () => {
  expect(problemOf(document)).toBe("no problem");
});

test.each([
  [
    "text that is no YAML",
    "info: { title: Small",
    "info: [ title: Small",
    /^small\.asyncapi\.yaml:\d+:\d+: /,
  ],
  ["another version", "asyncapi: 2.6.0", "asyncapi: 3.0.0", "#/asyncapi: must be a version 2"],
  [
    "a reference to nothing",
    '"#/components/schemas/Part" }',
    '"#/components/schemas/Prat" }',
    "#/components/schemas/Greeting/properties/parts/items/$ref: nothing is at #/components/schemas/Prat.",
  ],
  [
    "a reference to another host",
    '"#/components/schemas/Part" }',
    '"https://evil.example/part.json" }',
    "#/components/schemas/Greeting/properties/parts/items/$ref: must start with #/",
  ],
  [
    "a schema that contains itself",
    "size: { type: integer, minimum: 1 }",
    'inner: { $ref: "#/components/schemas/Part" }',
    "#/components/schemas/Part/properties/inner: the schema contains itself.",
  ],
  [
    "a keyword with a slip",
    "required: [from]",
    "requried: [from]",
    '#/components/schemas/Greeting/requried: "requried" is not a keyword of a schema.',
  ],
  [
    "a keyword with a value that it cannot have",
    "minimum: 1",
    "minimum: one",
    "#/components/schemas/Part/properties/size/minimum: is not valid in a schema",
  ],
  [
    "an unknown format",
    "format: email",
    "format: emial",
    '#/components/schemas/Greeting/properties/from/format: "emial" is not a known format.',
  ],
  [
    "an example that does not fit",
    "words: hello,",
    "words: h,",
    "#/components/messages/Greeting/examples/0/payload/words: the example does not fit its schema (minLength",
  ],
  [
    "a message without words",
    "title: Greeting",
    'title: ""',
    "#/components/messages/Greeting/title: must be a text.",
  ],
  [
    "a channel without a message",
    '$ref: "#/components/messages/Greeting"',
    "oneOf: []",
    "#/channels: must publish at least one message.",
  ],
])("%s fails the build with file and place", (_, from, to, problem) => {
  const message = problemOf(change(from, to));
  if (typeof problem === "string") expect(message).toContain(`small.asyncapi.yaml${problem}`);
  else expect(message).toMatch(problem);
});

test("a built module judges where code generation is forbidden, and has no require", async () => {
  const folder = await mkdtemp(join(tmpdir(), "bellhop-asyncapi-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, "small.asyncapi.yaml"), document);
  await writeFile(
    join(folder, "main.mjs"),
    `import { messages } from "./small.asyncapi.yaml";
const [greeting] = messages;
const { validate, examples, schema, ...words } = greeting;
const problems = (event) => (validate(event) ? [] : validate.errors.map((error) => error.instancePath + " " + error.keyword));
console.log(JSON.stringify({
  words,
  fits: problems(examples[0]),
  bad: problems({ from: "ada@lovelace", words: "h", at: "today", parts: [{ page: "home", size: 0 }] }),
  characters: problems({ from: "a@b.example", words: "🛎🛎🛎🛎🛎" }),
  long: problems({ from: "a.".repeat(4_000_000) + "@x", parts: [{ page: "https://x/" + "a/".repeat(4_000_000) }] }),
}));`,
  );
  await build({
    configFile: false,
    root: folder,
    logLevel: "error",
    plugins: [compileAsyncApi()],
    resolve: { alias: { "ajv-formats": join(process.cwd(), "node_modules/ajv-formats") } },
    build: {
      lib: { entry: join(folder, "main.mjs"), formats: ["es"], fileName: () => "built.mjs" },
      outDir: folder,
      emptyOutDir: false,
    },
  });
  const built = join(folder, "built.mjs");
  const code = await readFile(built, "utf8");
  expect(code).not.toMatch(/\brequire\(|new Function|\beval\(/);
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--disallow-code-generation-from-strings",
    built,
  ]);
  expect(JSON.parse(stdout)).toEqual({
    words: {
      name: "GREETING",
      title: "Greeting",
      summary: "Somebody says hello",
      description: "Send it to say hello.",
      phrase: "a hello",
    },
    fits: [],
    bad: ["/from format", "/words minLength", "/at format", "/parts/0/page format", "/parts/0/size minimum"],
    characters: [],
    long: ["/from format", "/parts/0/page format"],
  });
});
