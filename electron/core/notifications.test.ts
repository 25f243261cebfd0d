import { expect, it } from "vitest";
import { createNotifications } from "./notifications";

it("tells every listener until it stops listening", () => {
  const { say, listen } = createNotifications();
  const heard: string[] = [];
  const stop = listen(({ notification }) => heard.push(`first ${notification}`));
  listen(({ notification }) => heard.push(`second ${notification}`));
  say("app.focused", {});
  stop();
  say("environments.changed", {});
  expect(heard).toEqual(["first app.focused", "second app.focused", "second environments.changed"]);
});

it("lets one listener's failure reach neither the others nor the speaker, and reports it", () => {
  const problems: string[] = [];
  const { say, listen } = createNotifications((problem) => problems.push(problem));
  const heard: unknown[] = [];
  listen(() => {
    throw new Error("the channel is closed");
  });
  listen(({ payload }) => heard.push(payload));
  say("app.closing", { reason: "Bye." });
  expect(heard).toEqual([{ reason: "Bye." }]);
  expect(problems.join()).toContain("the channel is closed");
});
