import type { Environment, EnvironmentView } from "../../../shared/model/environment";

/** The built-in environments and those of the workspace. */
export interface EnvironmentsService {
  /** @throws AppError NOT_FOUND with the names there are; WORKSPACE_INVALID with file, line and column */
  get(name: string): Promise<Environment>;
  list(): Promise<EnvironmentView[]>;
  /** Whether a person has agreed to send to this production environment since this start. */
  hasConsent(name: string): boolean;
}
