import type * as Monaco from "monaco-editor/esm/vs/editor/editor.api";
import "monaco-editor/esm/vs/basic-languages/yaml/yaml.contribution";
import { configureMonacoYaml, type JSONSchema, type MonacoYaml } from "monaco-yaml";
import type { JsonObject } from "../../shared/model/json";
import YamlWorker from "./yaml.worker?worker";

type MonacoApi = typeof Monaco;

const schemas = new Map<string, JsonObject>();
let service: MonacoYaml | undefined;

/** The address of the model of a document; its schema is found by it. */
export const yamlUri = (monaco: MonacoApi, documentId: string): Monaco.Uri =>
  monaco.Uri.parse(`inmemory://yaml/${documentId}.yaml`);

/**
 * Monaco as the service expects it. The service asks for a worker by a module's name, as Monaco's bundle lets it; the
 * editor alone wants the worker itself, which takes what it starts with as its second message.
 */
const withWorker = (monaco: MonacoApi): MonacoApi => ({
  ...monaco,
  editor: {
    ...monaco.editor,
    createWebWorker: <T extends object>(options: object) => {
      const worker = new YamlWorker();
      worker.postMessage("start");
      worker.postMessage("createData" in options ? options.createData : undefined);
      return monaco.editor.createWebWorker<T>({ worker });
    },
  },
});

/** The service looks an address up that it is given, and would not find it: it has the schema itself. */
const withoutAddresses = (schema: JsonObject): JSONSchema =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => key !== "$schema" && key !== "$id"));

/**
 * Tells the YAML service which schema completes, explains and marks a document. The first call starts the service; it
 * fetches nothing.
 */
export const setYamlSchema = (monaco: MonacoApi, documentId: string, schema: JsonObject): void => {
  if (schemas.get(documentId) === schema) return;
  schemas.set(documentId, schema);
  const options = {
    enableSchemaRequest: false,
    // Its formatter would rewrite what a person wrote.
    format: { enable: false },
    schemas: [...schemas].map(([id, its]) => ({
      uri: `inmemory://schema/${id}`,
      fileMatch: [yamlUri(monaco, id).toString()],
      schema: withoutAddresses(its),
    })),
  };
  if (service) void service.update(options);
  else service = configureMonacoYaml(withWorker(monaco), options);
};
