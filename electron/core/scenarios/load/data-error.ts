/** Why a data file cannot be read. The message is the end of a sentence that begins with the file's name. */
export class DataError extends Error {
  constructor(
    /** From 1. */
    readonly line: number,
    /** From 1. */
    readonly column: number,
    message: string,
    readonly hint?: string,
  ) {
    super(message);
    this.name = "DataError";
  }
}
