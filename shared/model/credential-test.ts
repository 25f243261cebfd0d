/**
 * How a credential was tested. `read`: a search of the Guest API, which changes nothing. `guest`: a browser call, which
 * creates one anonymous guest at the target.
 */
export type CredentialProof = "read" | "guest";

/** What a test of a credential has shown. The call itself is an entry of the log. */
export interface CredentialTest {
  /** Whether the target took it, refused it, or nothing can be said: no answer, or one that is not the API's. */
  outcome: "right" | "wrong" | "unknown";
  proof: CredentialProof;
  /** A sentence: what was found, and by which answer. */
  message: string;
  /** What to do next, where there is something to do. */
  hint: string | null;
  entryId: string;
}
