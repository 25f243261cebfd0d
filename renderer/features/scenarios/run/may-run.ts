import type { EnvironmentView } from "../../../../shared/model/environment";

/** Whether a scenario may run in an environment (interface "Scenario files"): production only where it is named. */
export const mayRun = (allowed: readonly string[] | null, environment: EnvironmentView): boolean =>
  allowed === null ? !environment.production : allowed.includes(environment.name);

/** Why it may not run there, in a sentence. */
export const mayNotWords = (allowed: readonly string[] | null, environment: EnvironmentView): string => {
  if (allowed === null)
    return `${environment.name} is production, and this scenario does not name it under environments, so it may not run there.`;
  const names = allowed.join(", ") || "no environment";
  return `This scenario may run on ${names}. The window is on ${environment.name}.`;
};
