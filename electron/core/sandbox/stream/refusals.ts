import { Refusal } from "../http/answer";

/** 401 "browser create with a wrong client_key" (Sitecore's troubleshooting, 1153275). */
export const wrongKey = (where: string): Refusal =>
  new Refusal(401, "wrong-client-key", `The client key in ${where} is not this sandbox's.`, {
    developerMessage: "The sandbox's client key is `sandbox`, unless --config says otherwise.",
  });

export const wrongBasic = (given: boolean): Refusal =>
  new Refusal(
    401,
    "wrong-credential",
    given
      ? "The client key or API token in Authorization is not this sandbox's."
      : "There is no Authorization header.",
    {
      developerMessage:
        "Send Authorization: Basic base64(clientKey:apiToken); both are `sandbox`, unless --config says otherwise.",
    },
  );

export const wrongContext = (given: boolean): Refusal =>
  new Refusal(
    401,
    "wrong-context-id",
    given ? "The context id is not this sandbox's." : "There is no context id.",
    {
      developerMessage:
        "Give it as sitecoreContextId in the query or as x-sitecore-contextid; here it equals the client key, which is `sandbox` unless --config says otherwise.",
    },
  );

/** 404 for an unknown browser id (Sitecore's troubleshooting, 1153275). */
export const unknownBrowser = (ref: string): Refusal =>
  new Refusal(404, "unknown-browser", `There is no browser ${JSON.stringify(ref.slice(0, 100))} here.`, {
    developerMessage:
      "Get a browser id from browser/create.json of this sandbox; a reset forgets those given out before.",
  });

/** 400 where `browser_id` or `type` is missing (Sitecore's troubleshooting, 1153275). */
export const missingField = (name: string): Refusal =>
  new Refusal(400, "missing-field", `The event has no ${name}.`, {
    developerMessage: `Give ${name} as a text that is not empty.`,
  });

export const full = (quota: number): Refusal =>
  new Refusal(
    507,
    "quota-reached",
    `The sandbox keeps at most ${Math.round(quota / 1024 ** 2)} MB and has stopped storing.`,
    { developerMessage: "Empty it with POST /_sandbox/reset, or raise quota in --config." },
  );
