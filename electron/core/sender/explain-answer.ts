import type { Entry } from "../../../shared/model/entry";
import type { Environment } from "../../../shared/model/environment";
import type { Issue } from "../../../shared/model/verdict";
import { isWebPage } from "./explain-detour";
import { explainGuestRead } from "./explain-guest-read";
import { explainRefusal, unconfirmedTransport } from "./explain-refusal";

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
 * @returns no issue for a 2xx with JSON, and for a redirect or a web page, which the entry's error explains
 */
export const explainAnswer = (
  environment: Environment,
  entry: Pick<Entry, "kind" | "event" | "response" | "verdict">,
): Issue[] => {
  const { response } = entry;
  if (response === null || (response.status >= 300 && response.status < 400)) return [];
  const usual = { severity: "error", path: "", catalog: environment.catalog } as const;
  if (response.status < 300) {
    if (response.body?.truncated || isJson(response.body?.text) || isWebPage(response)) return [];
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
  if (entry.kind === "guest") return [{ ...usual, ...explainGuestRead(response.status, environment) }];
  const said = explainRefusal(response.status, environment, entry);
  const unconfirmed = entry.kind === "event" ? unconfirmedTransport(environment, said.code) : null;
  return [said, ...(unconfirmed ? [unconfirmed] : [])].map((each) => ({ ...usual, ...each }));
};
