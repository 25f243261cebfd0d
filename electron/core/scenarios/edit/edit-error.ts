import { AppError } from "../../../../shared/contract/errors";

/** An edit that cannot be made. @param field JSON Pointer into the command's input */
export const refusedEdit = (message: string, hint: string, field = "/edits"): AppError =>
  new AppError({ code: "INVALID_INPUT", message, hint, field });

/** What stands in the text cannot be changed from a list of steps. */
export const notHere = (what: string): AppError =>
  refusedEdit(what, "Change it in the text of the file.", "/text");
