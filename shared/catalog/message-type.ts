import type { StreamEvent } from "../model/event";
import type { JsonObject } from "../model/json";

/** What kind of event one can compose, as its catalog describes it. */
export interface MessageType {
  /** Such as `VIEW`; `CUSTOM` stands for every event with a name of its own. */
  name: string;
  title: string;
  /** One sentence without its full stop. */
  summary: string;
  description: string;
  /** A few words for a list: "a page view". */
  phrase: string;
  /** Draft-07, flat: references are resolved and `allOf` is merged. */
  schema: JsonObject;
  /** A realistic event without the fields that environment and guest context supply. */
  example: StreamEvent;
}
