import { expect, type Locator, type Page } from "@playwright/test";

/** The view in which guests are found and their history is walked through. */
export class GuestsView {
  readonly search: Locator;
  readonly list: Locator;
  readonly rows: Locator;
  readonly filter: Locator;
  /** The key card at the head of the profile. */
  readonly card: Locator;
  readonly slider: Locator;
  readonly stepBack: Locator;
  readonly stepOn: Locator;
  readonly sessions: Locator;
  readonly attributes: Locator;
  readonly identity: Locator;
  readonly merges: Locator;
  readonly orders: Locator;
  readonly inspector: Locator;
  readonly changes: Locator;
  /** What changed of a tenant's guest since the snapshot. */
  readonly sinceSnapshot: Locator;
  readonly inTheLog: Locator;
  readonly compare: Locator;
  readonly comparison: Locator;
  readonly lookUp: Locator;
  private readonly page: Page;
  private readonly profile: Locator;

  constructor(page: Page) {
    this.page = page;
    const pane = page.getByRole("region", { name: "Guests", exact: true });
    this.search = pane.getByRole("searchbox", { name: "Search guests" });
    this.list = pane.getByRole("listbox", { name: /^Guests/ });
    this.rows = this.list.getByRole("option");
    this.filter = pane.getByRole("button", { name: /^Show: / });
    this.lookUp = pane.getByRole("form", { name: "Look up a guest of a tenant" });
    this.profile = page.getByRole("region", { name: "Profile", exact: true });
    this.card = this.profile.getByRole("region", { name: /^Guest: / });
    this.slider = this.profile.getByRole("slider", { name: "Step of the history" });
    this.stepBack = this.profile.getByRole("button", { name: "Step back" });
    this.stepOn = this.profile.getByRole("button", { name: "Step on" });
    this.sessions = this.profile.getByRole("region", { name: "Sessions" });
    this.attributes = this.profile.getByRole("list", { name: "Attributes" }).getByRole("listitem");
    this.identity = this.profile.getByRole("region", { name: "Identity" });
    this.merges = this.identity.getByRole("list", { name: "Merges" }).getByRole("listitem");
    this.orders = this.profile.getByRole("region", { name: "Orders and cart" });
    this.inspector = page.getByRole("region", { name: "Inspector", exact: true });
    this.changes = this.inspector.getByRole("list", { name: "What changed" }).getByRole("listitem");
    const since = this.profile.getByRole("region", { name: "Since the snapshot" });
    this.sinceSnapshot = since.getByRole("list", { name: "What changed" }).getByRole("listitem");
    this.inTheLog = this.inspector.getByRole("button", { name: "In the log" });
    this.compare = this.inspector.getByRole("button", { name: "Compare as JSON" });
    this.comparison = page.getByRole("dialog", { name: /^Before and after step/ });
  }

  row(name: string | RegExp): Locator {
    return this.list.getByRole("option", { name });
  }

  attribute(name: string): Locator {
    return this.attributes.filter({ hasText: name });
  }

  milestone(name: string): Locator {
    return this.profile.getByRole("button", { name, exact: true });
  }

  session(name: RegExp): Locator {
    return this.sessions.getByRole("button", { name });
  }

  side(name: "Sandbox" | "Tenant"): Locator {
    return this.page.getByRole("radiogroup", { name: "Whose guests" }).getByRole("radio", { name });
  }

  /** Waits until a step is shown, and not only chosen. */
  async expectStep(step: number, count: number): Promise<void> {
    await expect(this.slider).toHaveAttribute("aria-valuetext", new RegExp(`^Step ${step} of ${count}: `));
    await expect(this.inspector.getByRole("heading", { name: `Step ${step}`, exact: true })).toBeVisible();
  }
}
