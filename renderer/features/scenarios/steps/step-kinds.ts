import {
  AlarmClock,
  CircleQuestionMark,
  CornerDownRight,
  DoorOpen,
  Globe,
  Repeat,
  SendHorizontal,
  StickyNote,
  Timer,
  UserRoundCheck,
} from "@lucide/vue";
import type { Component } from "vue";
import type { MessageType } from "../../../../shared/catalog/catalog";
import type { JsonObject } from "../../../../shared/model/json";
import type { StepKind, StepOutline } from "../../../../shared/model/scenario";

interface KindLook {
  icon: Component;
  /** In a menu, and for screen readers. */
  word: string;
}

/** How each kind of step looks and is called. */
export const kindLooks: Record<StepOutline["kind"], KindLook> = {
  send: { icon: SendHorizontal, word: "Event" },
  wait: { icon: Timer, word: "Wait" },
  browser: { icon: Globe, word: "Browser" },
  session: { icon: DoorOpen, word: "New session" },
  guest: { icon: UserRoundCheck, word: "Check the guest" },
  clock: { icon: AlarmClock, word: "Clock" },
  repeat: { icon: Repeat, word: "Repeat" },
  use: { icon: CornerDownRight, word: "Use a fragment" },
  note: { icon: StickyNote, word: "Note" },
  unknown: { icon: CircleQuestionMark, word: "Unknown" },
};

/** Something that can be added to a scenario. */
export interface NewStep {
  id: string;
  word: string;
  /** One line: what it is for. */
  explains: string;
  icon: Component;
  section: "Events" | "Steps";
  step: JsonObject;
}

type OtherKind = Exclude<StepKind, "send">;
const others: readonly { kind: OtherKind; explains: string; step: JsonObject }[] = [
  {
    kind: "guest",
    explains: "Holds the guest's profile against what it should be",
    step: { guest: { expect: {} } },
  },
  { kind: "browser", explains: "Another device; a name brings it back later", step: { browser: "new" } },
  { kind: "session", explains: "Ends the visit and begins another", step: { session: "new" } },
  { kind: "wait", explains: "Think time; can be skipped when it runs", step: { wait: "2s" } },
  { kind: "clock", explains: "Moves the sandbox's time on", step: { clock: "31m" } },
  {
    kind: "repeat",
    explains: "Plays the steps inside it several times",
    step: { repeat: 3, steps: [{ note: "What happens again and again." }] },
  },
  { kind: "use", explains: "Plays the steps of another file", step: { use: "fragment.scenario.yaml" } },
  { kind: "note", explains: "A caption for those who watch", step: { note: "What happens next." } },
];

/** Everything that can be added: an event of each type that the catalog knows, and the other kinds of steps. */
export const newSteps = (types: readonly MessageType[]): NewStep[] => [
  ...types.map(({ name, summary, example }): NewStep => {
    const { type, ...event } = example;
    return {
      id: `send-${name}`,
      word: name,
      explains: summary,
      icon: kindLooks.send.icon,
      section: "Events",
      step: { send: typeof type === "string" ? type : name, event },
    };
  }),
  ...others.map(({ kind, explains, step }): NewStep => {
    const { icon, word } = kindLooks[kind];
    return { id: kind, word, explains, icon, section: "Steps", step };
  }),
];

/** Those whose words fit a search, in their order. */
export const findNewSteps = (all: readonly NewStep[], search: string): NewStep[] => {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter(({ id, word, explains }) => {
    const text = `${id} ${word} ${explains}`.toLowerCase();
    return words.every((each) => text.includes(each));
  });
};
