import { randomUUID } from "node:crypto";
import type { Notice, NoticeTopic } from "../../../shared/model/notice";
import type { Notifications } from "../notifications";

/** What whoever notices something says. */
export interface NewNotice {
  severity: Notice["severity"];
  message: string;
  hint?: string | undefined;
  report?: string | undefined;
  setting?: string | undefined;
}

/** What a person must know of Bellhop itself, until it is closed or no longer so. */
export interface Notices {
  all(): Notice[];
  /** Adds one; the same words on the same topic replace the earlier ones. */
  add(topic: NoticeTopic, notice: NewNotice): void;
  /** Puts these in place of all that the topic had. */
  replace(topic: NoticeTopic, notices: readonly NewNotice[]): void;
  dismiss(id: string): void;
}

/** More than this nobody reads; the oldest goes first. */
const most = 20;

const complete = (topic: NoticeTopic, { severity, message, hint, report, setting }: NewNotice): Notice => ({
  id: randomUUID(),
  at: new Date().toISOString(),
  topic,
  severity,
  message,
  hint: hint ?? null,
  report: report ?? null,
  setting: setting ?? null,
});

export const createNotices = (notifications: Notifications): Notices => {
  let standing: Notice[] = [];
  const become = (next: Notice[]): void => {
    if (next.length === 0 && standing.length === 0) return;
    standing = next.slice(-most);
    notifications.say("reports.noticed", { notices: standing });
  };
  return {
    all: () => standing,
    add(topic, notice) {
      const others = standing.filter((one) => one.topic !== topic || one.message !== notice.message);
      become([...others, complete(topic, notice)]);
    },
    replace(topic, notices) {
      const others = standing.filter((one) => one.topic !== topic);
      become([...others, ...notices.map((notice) => complete(topic, notice))]);
    },
    dismiss: (id) => become(standing.filter((one) => one.id !== id)),
  };
};
