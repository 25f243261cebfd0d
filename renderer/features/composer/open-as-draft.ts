import { findMessageType } from "../../../shared/catalog/catalog";
import type { StreamEvent } from "../../../shared/model/event";
import { prettyJson } from "../../editor";
import { useArrangement } from "../../layout";
import { useDrafts } from "./drafts-store";

/** What is opened for editing: an event of the log, or an example. */
export interface EventToOpen {
  /** Defaults to what the message type is called. */
  name?: string;
  /** A message type, or the event's own name, which makes it a CUSTOM one. */
  messageType: string;
  event: StreamEvent;
}

/** Makes a draft of an event and brings it to the front, whatever view is on. Saved at once. */
export const openAsDraft = async ({ name, messageType, event }: EventToOpen): Promise<void> => {
  const type = findMessageType("spec", messageType);
  const arrangement = useArrangement();
  arrangement.view = "compose";
  if (arrangement.log === "maximised") arrangement.log = "open";
  const drafts = useDrafts();
  await drafts.load();
  drafts.create({
    name: name ?? type?.title ?? messageType,
    messageType: type?.name ?? "CUSTOM",
    text: prettyJson(event),
  });
};
