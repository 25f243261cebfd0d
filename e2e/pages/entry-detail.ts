import type { Locator, Page } from "@playwright/test";

export type EntryPart = "Verdict" | "Event" | "Request" | "Response" | "Timings";

/** The chosen entry, beside the log's list. */
export class EntryDetail {
  readonly region: Locator;
  readonly verdict: Locator;
  readonly steps: Locator;
  readonly panel: Locator;
  readonly guest: Locator;
  readonly resend: Locator;
  readonly editAsDraft: Locator;
  readonly copyCurl: Locator;
  readonly copyJson: Locator;
  /** Says that something was copied. */
  readonly said: Locator;
  readonly close: Locator;

  constructor(page: Page) {
    this.region = page.getByRole("region", { name: /^Entry \d+/ });
    this.verdict = this.region.getByRole("region", { name: "Verdict" });
    this.steps = this.region.getByRole("list", { name: "The way of this entry" });
    this.panel = this.region.getByRole("tabpanel");
    this.guest = this.region.getByRole("button", { name: "Guest", exact: true });
    this.resend = this.region.getByRole("button", { name: "Resend" });
    this.editAsDraft = this.region.getByRole("button", { name: "Edit as draft" });
    this.copyCurl = this.region.getByRole("button", { name: "Copy as cURL" });
    this.copyJson = this.region.getByRole("button", { name: "Copy as JSON" });
    this.said = this.region.getByRole("status").first();
    this.close = this.region.getByRole("button", { name: "Close the entry" });
  }

  tab(part: EntryPart): Locator {
    return this.region.getByRole("tab", { name: part });
  }
}
