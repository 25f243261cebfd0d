import { AppError } from "../../../shared/contract/errors";
import type { Entry } from "../../../shared/model/entry";
import type { StreamEvent } from "../../../shared/model/event";
import type { JsonValue } from "../../../shared/model/json";
import { ownLabel } from "./build-request";

const label = /\*\*\*\((?:matches|unknown)[^()]*\)/;

/** The JSON Pointer of the first value that redaction has replaced. */
const maskedPath = (value: JsonValue, path = ""): string | null => {
  if (typeof value === "string") return label.test(value) ? path : null;
  if (typeof value !== "object" || value === null) return null;
  for (const [name, inner] of Object.entries(value)) {
    const place = `${path}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const found = label.test(name) ? place : maskedPath(inner, place);
    if (found !== null) return found;
  }
  return null;
};

/**
 * The payload of an entry, to be sent again as it was. A client key of the environment's own stands in it as its
 * label and is put back by the request builder; nothing else that was masked can be.
 *
 * @throws AppError UNSUPPORTED for an entry without an event, or with a secret that only its sender knew
 */
export const replayedEvent = (entry: Entry): StreamEvent => {
  const { event, environment, kind } = entry;
  if (event === null) {
    throw new AppError({
      code: "UNSUPPORTED",
      message: "This entry carries no event: only events can be sent again.",
      hint:
        kind === "guest"
          ? "A guest is read again in the Guests view."
          : "A new guest is made in the composer, or with --new-guest.",
    });
  }
  const { client_key: key, ...rest } = event;
  const path = maskedPath(key === ownLabel(environment) || key === undefined ? rest : event);
  if (path === null) return event;
  throw new AppError({
    code: "UNSUPPORTED",
    message: `The event had a secret at ${path}, which the log does not keep, so it cannot be sent again as it was.`,
    hint: "Open it as a draft, put in what belongs there, and send that.",
  });
};
