import { AppError } from "../../../shared/contract/errors";
import { isSandboxName } from "../../../shared/environment-names";
import type { Environment } from "../../../shared/model/environment";
import type { JsonValue } from "../../../shared/model/json";
import type { EnvironmentsService } from "../environments/environments-service";

/** Deeper events are an attack on whoever walks through them; no API takes them. */
const deepest = 200;

/** @throws AppError INVALID_INPUT for an event nested so deeply that no one could read it */
export const checkDepth = (event: JsonValue): void => {
  const pending: { value: JsonValue; depth: number }[] = [{ value: event, depth: 0 }];
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    const { value, depth } = item;
    if (typeof value !== "object" || value === null) continue;
    if (depth === deepest) {
      throw new AppError({
        code: "INVALID_INPUT",
        message: `The event is nested more than ${deepest} levels deep.`,
        hint: "Flatten it: Sitecore CDP takes one level of attributes in ext.",
        field: "/event",
      });
    }
    for (const inner of Object.values(value)) pending.push({ value: inner, depth: depth + 1 });
  }
};

/** Why it matters, by what is to be done there. */
const stakes = {
  send: "what is sent there changes real guests",
  read: "its guests are real people",
};

/**
 * Production asks once for each environment and start; a shell says the environment's name.
 *
 * @throws AppError CONSENT_REQUIRED
 */
export const checkConsent = async (
  environments: Pick<EnvironmentsService, "hasConsent">,
  environment: Environment,
  said: string | undefined,
  doing: keyof typeof stakes = "send",
): Promise<void> => {
  const { name, production } = environment;
  if (said !== undefined && said !== name) {
    throw new AppError({
      code: "CONSENT_REQUIRED",
      message: `The consent is for ${said}, but this goes to ${name}.`,
      hint: `Say --production ${name} if you mean it, or choose the other environment.`,
      field: "/production",
    });
  }
  if (!production || isSandboxName(name) || said === name || (await environments.hasConsent(environment)))
    return;
  throw new AppError({
    code: "CONSENT_REQUIRED",
    message: `${name} is a production environment: ${stakes[doing]}.`,
    hint: `Agree to it in the window, once until Bellhop closes, or say --production ${name} in a shell.`,
    field: "/production",
  });
};
