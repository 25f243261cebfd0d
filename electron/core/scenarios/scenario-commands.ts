import { AppError } from "../../../shared/contract/errors";
import type { HandlersOf } from "../dispatcher";

const unsupported = (): never => {
  throw new AppError({ code: "UNSUPPORTED", message: "Scenarios are still to be built." });
};

export const createScenarioCommands = (): HandlersOf<"scenarios"> => ({
  "scenarios.list": unsupported,
  "scenarios.read": unsupported,
  "scenarios.check": unsupported,
  "scenarios.edit": unsupported,
  "scenarios.save": unsupported,
  "scenarios.templates": unsupported,
  "scenarios.create": unsupported,
  "scenarios.rename": unsupported,
  "scenarios.remove": unsupported,
  "scenarios.addData": unsupported,
  "scenarios.readData": unsupported,
  "scenarios.trust": unsupported,
  "scenarios.schema": unsupported,
});
