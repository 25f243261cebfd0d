import { parseDocument } from "yaml";
import { AppError } from "../../../shared/contract/errors";
import type { Environment } from "../../../shared/model/environment";
import type { WithheldField } from "../../../shared/model/environment-exchange";
import { workspaceFormat } from "../../../shared/workspace";
import { putEnvironment } from "../workspace/edit-workspace";
import { suspectSecrets } from "./suspect-secrets";

export interface ExportedFile {
  name: string;
  contentType: string;
  text: string;
  withheld: WithheldField[];
}

/** Fields without which there is no environment. */
const needed = new Set(["baseUrl", "transport", "catalog"]);

const without = (environment: Environment, withheld: readonly WithheldField[]): Environment => {
  const kept: Environment = { ...environment, vars: { ...environment.vars } };
  for (const { field } of withheld) {
    if (field.startsWith("vars.")) delete kept.vars[field.slice("vars.".length)];
    else delete (kept as Partial<Environment>)[field as keyof Environment];
  }
  return kept;
};

const head = (withheld: readonly WithheldField[]): string => {
  const lines = [
    "# Environments of Bellhop, without their credentials. Made to be imported in another workspace.",
  ];
  for (const { environment, field, reason } of withheld)
    lines.push(`# Left out: ${environment}.${field}, because it ${reason}.`);
  return `${lines.join("\n")}\nbellhop: ${workspaceFormat}\n`;
};

/**
 * Environments as a file that can be given to others. It has the format of `bellhop.yaml`, or says the same as JSON.
 * What is or may be a secret is left out, and named.
 *
 * @param masked what redaction makes of a text for an environment
 * @throws AppError INVALID_INPUT where the address of one holds a secret, or none is left
 */
export const exportEnvironments = (
  environments: readonly Environment[],
  format: "yaml" | "json",
  masked: (text: string) => string,
): ExportedFile => {
  const [first] = environments;
  if (first === undefined) {
    throw new AppError({
      code: "INVALID_INPUT",
      message: "There is no environment to export.",
      hint: "Those built in are in every Bellhop; make one of your own, or copy one.",
      field: "/names",
    });
  }
  const withheld = environments.flatMap((environment) => suspectSecrets(environment, masked));
  const broken = withheld.find(({ field }) => needed.has(field));
  if (broken !== undefined) {
    throw new AppError({
      code: "INVALID_INPUT",
      message: `${broken.environment} cannot be exported: its ${broken.field} ${broken.reason}.`,
      hint: "Take the secret out of it: a credential goes into the vault.",
      field: "/names",
    });
  }
  const document = parseDocument(head(withheld));
  for (const environment of environments) {
    const own = withheld.filter((field) => field.environment === environment.name);
    putEnvironment(document, without(environment, own));
  }
  const base = environments.length === 1 ? `${first.name}-environment` : "environments";
  return format === "json"
    ? {
        name: `${base}.json`,
        contentType: "application/json",
        text: `${JSON.stringify(document.toJS(), null, 2)}\n`,
        withheld,
      }
    : {
        name: `${base}.yaml`,
        contentType: "application/yaml",
        text: document.toString({ lineWidth: 0 }),
        withheld,
      };
};
