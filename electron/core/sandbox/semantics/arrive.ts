import type { GuestBrowser, GuestProfile } from "../../../../shared/model/guest-profile";
import type { SandboxRules } from "./rules";
import { typeName, type Occasion } from "./ruling";
import { isoTime } from "./times";
import { keyOf, own, textOf } from "./values";
import type { EventToApply, World } from "./world";

/**
 * What is to be known of an event before a rule looks at it. A channel is documented as required, and both SDKs leave
 * it out of FORM events: such an event is taken to come from where its browser's last event came from.
 */
export const occasionOf = (
  event: EventToApply,
  browser: GuestBrowser | undefined,
  world: World,
  rules: SandboxRules,
): Occasion => ({
  event,
  world,
  rules,
  at: isoTime(event.at),
  mark: { eventRef: event.ref, type: typeName(event) },
  channel: textOf(own(event.payload, "channel")) ?? browser?.channel ?? null,
  pointOfSale: textOf(own(event.payload, "pos")) ?? browser?.pointOfSale ?? "",
  sessionId: event.catalog === "spec" ? (keyOf(own(event.payload, "session_id")) ?? null) : null,
});

/** What any processed event leaves on its guest: when it was seen, from which browser, and in which language. */
export const arrive = (guest: GuestProfile, occasion: Occasion): GuestProfile => {
  const { event, at, mark, channel, pointOfSale } = occasion;
  const language = textOf(own(event.payload, "language"))?.slice(0, 20);
  const next = {
    ...guest,
    lastSeen: at > guest.lastSeen ? at : guest.lastSeen,
    events: guest.events + 1,
    browsers: guest.browsers.map((browser) =>
      browser.ref === event.browserRef
        ? { ...browser, channel, pointOfSale, lastSeen: at > browser.lastSeen ? at : browser.lastSeen }
        : browser,
    ),
  };
  if (language === undefined || language === guest.language) return next;
  return { ...next, language, setBy: { ...guest.setBy, "/language": mark } };
};
