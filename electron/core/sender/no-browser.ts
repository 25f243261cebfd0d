import { AppError } from "../../../shared/contract/errors";
import type { EntryErrorCode } from "../../../shared/model/entry";

/** What the log has of the call: the entry, and how it ended. */
interface BrowserCall {
  entryId: string;
  status: number | null;
  error: EntryErrorCode | null;
}

/** A target that was asked for a browser gave none. Whoever needs no more sees that the target is out of reach. */
export class NoBrowser extends AppError {
  readonly call: BrowserCall;

  constructor(why: string, hint: string | undefined, call: BrowserCall) {
    super({
      code: "UNREACHABLE",
      message: `No new guest could be made. ${why}`,
      ...(hint !== undefined && { hint }),
    });
    this.call = call;
  }
}
