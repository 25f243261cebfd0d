import type { Issue } from "../../../../shared/model/verdict";

/** What an endpoint answers; `body` is written as JSON, and null is no body. */
export interface Answer {
  status: number;
  body: object | null;
  /** Text in place of `body`, as fast as the client takes it. */
  streamed?: { contentType: string; pieces: Iterable<string> | AsyncIterable<string> };
  headers?: Readonly<Record<string, string>>;
}

interface RefusalDetails {
  /** What to do about it. */
  developerMessage: string;
  headers?: Readonly<Record<string, string>>;
  issues?: Issue[];
  /** The page that explains it, where the API that is emulated names one. */
  moreInfoUrl?: string;
}

/**
 * A 4xx or 5xx answer. The body has the shape of Sitecore's REST errors; no text of a Stream error is documented, so
 * the sentences are the sandbox's own.
 */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(
    status: number,
    code: string,
    message: string,
    { developerMessage, headers, issues, moreInfoUrl }: RefusalDetails,
  ) {
    super(message);
    this.name = "Refusal";
    this.answer = {
      status,
      body: {
        status,
        code,
        message,
        developerMessage,
        ...(moreInfoUrl !== undefined && { moreInfoUrl }),
        ...(issues && { issues }),
      },
      ...(headers && { headers }),
    };
  }
}
