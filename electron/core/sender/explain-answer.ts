import type { Entry } from "../../../shared/model/entry";
import type { Environment } from "../../../shared/model/environment";
import type { Issue } from "../../../shared/model/verdict";
import { explainGuestRead } from "./explain-guest-read";

type Said = Pick<Issue, "code" | "message"> &
  Partial<Pick<Issue, "severity" | "path" | "hint" | "certainty">>;

/** Whether a host is Sitecore's own, of which we know what is documented. */
const isSitecore = (baseUrl: string): boolean =>
  /(^|\.)(sitecorecloud\.io|boxever\.com)$/.test(new URL(baseUrl).hostname);

const unconfirmed = (name: string): string =>
  `Sitecore's documentation does not confirm the transport spec, which ${name} uses. If the credential is right, ` +
  `copy the environment and try the transport engage or http-get.`;

const unauthorised = (environment: Environment, kind: Entry["kind"]): Said => ({
  code: "refused-credential",
  message: "Refused (401): the client key or the host is wrong.",
  hint: `Test the credential of ${environment.name}, and check its address.`,
  // Documented for the browser call; events of the documented transports carry no password.
  certainty: kind === "browser" ? "documented" : "unverified",
});

const badRequest = ({ event, verdict }: Pick<Entry, "event" | "verdict">): Said => {
  const missing = ["browser_id", "type"].filter((name) => !event?.[name]);
  if (missing.length === 0 && verdict.schema === "invalid") {
    return {
      code: "refused-event",
      message: "Refused (400): the target does not take the event as it is.",
      hint: "Correct what else is said of it here; the answer's body may say more.",
      certainty: "unverified",
    };
  }
  if (event === null || missing.length === 0) {
    return {
      code: "refused-event",
      message: "Refused (400): the target could not read the request.",
      hint: "The documented cause is a missing browser_id or type, and this has both: read the answer's body.",
      certainty: "unverified",
    };
  }
  return {
    code: "refused-event",
    message: `Refused (400): the event has no ${missing.join(" and no ")}.`,
    hint: "Fill it in; the guest context gives a browser_id where the event does not leave it out.",
    path: `/${missing[0]}`,
    certainty: "documented",
  };
};

const notFound = (environment: Environment, { event }: Pick<Entry, "event">): Said => ({
  code: "unknown-browser",
  message: `Refused (404): ${environment.name} does not know this browser id, or there is no such path.`,
  hint: "Make a new guest and send again; if it stays, check the environment's address.",
  ...(event !== null && { path: "/browser_id" }),
  certainty: "documented",
});

const ofStatus = (
  status: number,
  environment: Environment,
  entry: Pick<Entry, "kind" | "event" | "verdict">,
): Said => {
  if (entry.kind === "guest") return explainGuestRead(status, environment);
  if (status === 401) return unauthorised(environment, entry.kind);
  if (status === 400) return badRequest(entry);
  if (status === 404) return notFound(environment, entry);
  const ours = status < 500;
  return {
    code: ours ? "refused" : "target-failed",
    message: ours
      ? `Refused (${status}): the target did not take the request.`
      : `The target failed (${status}); the event may or may not have been taken.`,
    hint: ours
      ? "Sitecore's documentation names no such answer: read the answer's body, and check the address."
      : "Wait a little and send again; the answer's body may say more.",
    certainty: "unverified",
  };
};

const isJson = (text: string | undefined): boolean => {
  try {
    JSON.parse(text ?? "");
    return true;
  } catch {
    return false;
  }
};

/**
 * What an answer means, in words, for an answer that is not what an event hopes for (facts: Sitecore's
 * troubleshooting page knows 401, 400, 404, and a 201 for an event that is lost).
 *
 * @returns no issue for a 2xx with JSON, and for a redirect, which the entry's error explains
 */
export const explainAnswer = (
  environment: Environment,
  entry: Pick<Entry, "kind" | "event" | "response" | "verdict">,
): Issue[] => {
  const { response } = entry;
  if (response === null || (response.status >= 300 && response.status < 400)) return [];
  const usual = { severity: "error", path: "", catalog: environment.catalog } as const;
  if (response.status < 300) {
    if (response.body?.truncated || isJson(response.body?.text)) return [];
    return [
      {
        ...usual,
        severity: "warning",
        code: "unexpected-answer",
        message: `Answered ${response.status}, but not with JSON: something else than the API may have answered.`,
        hint: "Read the answer's body; a login page means that a proxy or the network stands between.",
      },
    ];
  }
  const issues: Issue[] = [{ ...usual, ...ofStatus(response.status, environment, entry) }];
  const { transport, baseUrl, name } = environment;
  if (entry.kind === "event" && transport === "spec" && isSitecore(baseUrl) && response.status < 500) {
    const message = "It is not known whether the real API takes events in this way.";
    const code = "unconfirmed-transport";
    issues.push({
      ...usual,
      severity: "info",
      code,
      message,
      hint: unconfirmed(name),
      certainty: "unverified",
    });
  }
  return issues;
};
