import type { Environment, EnvironmentView } from "../../../shared/model/environment";

/** The built-in environments and those of the workspace. */
export interface EnvironmentsService {
  /** @throws AppError NOT_FOUND with the names there are; WORKSPACE_INVALID with file, line and column */
  get(name: string): Promise<Environment>;
  list(): Promise<EnvironmentView[]>;
  /** The one that is chosen in this workspace, else its default. @throws AppError as `get` does */
  selected(): Promise<Environment>;
  /** Whether a person has agreed, since this start, to send to this production environment as it is now. */
  hasConsent(environment: Environment): Promise<boolean>;
}
