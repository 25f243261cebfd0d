import type { Environment } from "./model/environment";

/**
 * What a person is told when a credential is added to one of Sitecore's own hosts, and when such a send is refused:
 * the specification's request is not confirmed by Sitecore's documentation (interfaces §3).
 *
 * @returns null where the notice does not apply
 */
export const specTransportNotice = ({
  baseUrl,
  transport,
}: Pick<Environment, "baseUrl" | "transport">): string | null =>
  transport === "spec" && /\.(sitecorecloud\.io|boxever\.com)$/.test(new URL(baseUrl).hostname)
    ? "The transport spec sends what the specification says: POST with client key and API token. Sitecore's documentation does not confirm that a tenant accepts it. If sends are refused, use the transport engage or http-get, which are documented."
    : null;
