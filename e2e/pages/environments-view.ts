import type { Locator, Page } from "@playwright/test";

/** The view in which environments and their credentials are kept. */
export class EnvironmentsView {
  readonly list: Locator;
  readonly add: Locator;
  readonly name: Locator;
  readonly baseUrl: Locator;
  /** Only with the transport edge. */
  readonly siteId: Locator;
  readonly production: Locator;
  readonly save: Locator;
  readonly cancel: Locator;
  readonly copy: Locator;
  readonly remove: Locator;
  readonly removal: Locator;
  readonly credential: Locator;
  readonly credentialDialog: Locator;
  /** What a VIEW to the environment would look like on the wire. */
  readonly request: Locator;
  /** Where the workspace's file and a changed form disagree. */
  readonly conflict: Locator;
  readonly testing: Locator;
  readonly importing: Locator;
  readonly exporting: Locator;
  private readonly form: Locator;

  constructor(page: Page) {
    this.list = page.getByRole("region", { name: "Environments", exact: true });
    this.add = this.list.getByRole("button", { name: "Add an environment" }).first();
    this.form = page.getByRole("main");
    this.name = this.form.getByRole("textbox", { name: "Name and colour" });
    this.baseUrl = this.form.getByRole("textbox", { name: "Base URL" });
    this.siteId = this.form.getByRole("textbox", { name: "Site id" });
    this.production = this.form.getByRole("switch", { name: "Production" });
    this.save = this.form.getByRole("button", { name: "Save", exact: true });
    this.cancel = this.form.getByRole("button", { name: "Cancel", exact: true });
    this.copy = this.form.getByRole("button", { name: /^(Copy to change|Duplicate)$/ });
    this.remove = this.form.getByRole("button", { name: "Remove", exact: true }).first();
    this.removal = page.getByRole("alertdialog", { name: /^Remove / });
    this.credential = this.form.getByRole("group", { name: "Credential" });
    this.credentialDialog = page.getByRole("dialog", { name: /the credential of/ });
    this.conflict = this.form.getByRole("group", { name: "Conflict with bellhop.yaml" });
    this.testing = page.getByRole("alertdialog", { name: /^Test (on production|the client key)\?$/ });
    this.importing = page.getByRole("dialog", { name: "Import environments" });
    this.exporting = page.getByRole("dialog", { name: "Export environments" });
    this.request = page.getByRole("complementary", { name: "What would leave" });
  }

  row(name: string): Locator {
    return this.list.getByRole("button", { name: new RegExp(`^${name}\\b`) });
  }

  test(): Locator {
    return this.credential.getByRole("button", { name: /^Test/ });
  }

  /** Opens the menu on all environments by keyboard, and chooses. */
  async more(what: RegExp): Promise<void> {
    const menu = this.list.getByRole("button", { name: "More with environments" });
    await menu.focus();
    await menu.press("Enter");
    await menu.page().getByRole("menuitem", { name: what }).press("Enter");
  }

  transport(name: "spec" | "engage" | "http-get" | "edge"): Locator {
    return this.form.getByRole("radiogroup", { name: "Transport" }).getByRole("radio", { name });
  }

  field(name: "pos" | "currency" | "language"): Locator {
    return this.form.getByRole("textbox", { name, exact: true });
  }
}
