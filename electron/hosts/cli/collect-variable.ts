import { InvalidArgumentError } from "commander";

/** Reads one `--var name=value` and adds it to those before. */
export const collectVariable = (assignment: string, all: Record<string, string>): Record<string, string> => {
  const equals = assignment.indexOf("=");
  const name = assignment.slice(0, Math.max(equals, 0));
  // A map would take a name of its prototype for something else, and lose the value.
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || name in {})
    throw new InvalidArgumentError("Write --var name=value, with a name of letters, digits and underscores.");
  return { ...all, [name]: assignment.slice(equals + 1) };
};
