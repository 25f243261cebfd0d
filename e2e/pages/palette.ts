import type { Locator, Page } from "@playwright/test";

/** The command palette: every command, draft and entry, by keyboard. */
export class Palette {
  readonly dialog: Locator;
  readonly field: Locator;
  readonly lines: Locator;
  /** The words of the lines, without their details and keys. */
  readonly titles: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.dialog = page.getByRole("dialog", { name: "Find a command, draft, guest or entry" });
    this.field = this.dialog.getByRole("combobox");
    this.lines = this.dialog.getByRole("option");
    this.titles = this.lines.locator(".title");
  }

  async open(): Promise<void> {
    await this.page.keyboard.press("ControlOrMeta+K");
    await this.field.waitFor();
  }

  /** Finds a line by its words and runs it, by keyboard. */
  async run(line: string): Promise<void> {
    await this.open();
    await this.page.keyboard.insertText(line);
    await this.dialog.getByRole("option", { selected: true }).filter({ hasText: line }).waitFor();
    await this.page.keyboard.press("Enter");
    await this.dialog.waitFor({ state: "hidden" });
  }
}
