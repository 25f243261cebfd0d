/** A template that cannot be filled, or is none. */
export class TemplateError extends Error {
  /** What stands between the braces, such as `email` or `$int(1,6)`. */
  readonly expression: string;
  /** JSON Pointer to the text it stands in, below the value that was to be filled. */
  readonly pointer: string;
  readonly hint: string | undefined;

  constructor(data: { expression: string; pointer: string; message: string; hint?: string | undefined }) {
    super(data.message);
    this.name = "TemplateError";
    this.expression = data.expression;
    this.pointer = data.pointer;
    this.hint = data.hint;
  }
}
