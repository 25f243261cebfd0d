import { expect, type Locator, type Page } from "@playwright/test";

/** The list of drafts and templates, and what becomes a draft or is compared with one. */
export class Drafts {
  readonly pane: Locator;
  readonly search: Locator;
  readonly rows: Locator;
  readonly templates: Locator;
  readonly undo: Locator;
  /** What can be had back. */
  readonly undoable: Locator;
  /** Asks for a template's name. */
  readonly templateDialog: Locator;
  /** Asks what of a text or of files is to be drafts. */
  readonly given: Locator;
  readonly sent: Locator;
  readonly comparison: Locator;
  /** The entries to choose from, and the one that is compared. */
  readonly entries: Locator;
  readonly compared: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.pane = page.getByRole("region", { name: "Drafts" });
    this.search = this.pane.getByRole("searchbox", { name: "Search the drafts" });
    this.rows = this.pane.getByRole("list", { name: "Drafts" }).getByRole("listitem");
    this.templates = this.pane.getByRole("list", { name: "Your templates" }).getByRole("listitem");
    this.undo = this.pane.getByRole("button", { name: "Undo" });
    this.undoable = this.pane.getByRole("status").filter({ has: page.getByRole("button", { name: "Undo" }) });
    this.templateDialog = page.getByRole("dialog", { name: "Save as template" });
    this.given = page.getByRole("dialog", { name: "New drafts from JSON" });
    this.sent = page.getByRole("list", { name: "Sent from this draft" }).getByRole("listitem");
    this.comparison = page.getByRole("dialog", { name: "Compare a draft with an entry" });
    this.entries = this.comparison.getByRole("listbox", { name: "Entries of the log" }).getByRole("option");
    this.compared = this.entries.and(page.getByRole("option", { selected: true }));
  }

  /** Expects the drafts to stand in this order. */
  async expectOrder(...names: string[]): Promise<void> {
    await expect(this.rows.locator(".name")).toHaveText(names);
  }

  /** Pastes a text as Ctrl+V does where no field has the focus. */
  async paste(text: string): Promise<void> {
    await this.page.evaluate((pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", pasted);
      const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
      (document.activeElement ?? document.body).dispatchEvent(event);
    }, text);
  }

  /** Drops files on a place of the composer. */
  async drop(on: Locator, files: Record<string, string>): Promise<void> {
    const dataTransfer = await this.page.evaluateHandle((all) => {
      const transfer = new DataTransfer();
      for (const [name, text] of Object.entries(all)) transfer.items.add(new File([text], name));
      return transfer;
    }, files);
    await on.dispatchEvent("dragover", { dataTransfer });
    await on.dispatchEvent("drop", { dataTransfer });
  }
}
