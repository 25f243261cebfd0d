import type { Locator, Page } from "@playwright/test";
import { EntryDetail } from "./entry-detail";

/** The live log, docked in every view. */
export class Log {
  readonly region: Locator;
  readonly list: Locator;
  readonly rows: Locator;
  readonly count: Locator;
  readonly search: Locator;
  readonly follow: Locator;
  readonly collapse: Locator;
  readonly open: Locator;
  readonly maximise: Locator;
  readonly putBack: Locator;
  readonly clearFilter: Locator;
  readonly splitter: Locator;
  readonly entry: EntryDetail;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.region = page.getByRole("region", { name: "Log", exact: true });
    this.list = this.region.getByRole("grid");
    this.rows = this.list.getByRole("row").filter({ has: page.getByRole("gridcell") });
    this.count = this.region.getByRole("status").first();
    this.search = this.region.getByRole("searchbox", { name: "Search every field" });
    this.follow = this.region.getByRole("button", { name: /^Follow/ });
    this.collapse = this.region.getByRole("button", { name: "Collapse the log" });
    this.open = this.region.getByRole("button", { name: "Open the log" });
    this.maximise = this.region.getByRole("button", { name: "Give the log the whole view" });
    this.putBack = this.region.getByRole("button", { name: "Put the log back to its place" });
    this.clearFilter = this.region.getByRole("button", { name: "Clear", exact: true });
    this.splitter = page.getByRole("separator", { name: "Height of the log" });
    this.entry = new EntryDetail(page);
  }

  /** The rows that hold all of these words. */
  row(...words: (string | RegExp)[]): Locator {
    return words.reduce<Locator>((rows, hasText) => rows.filter({ hasText }), this.rows);
  }

  filter(name: "Environment" | "Type" | "Status" | "Verdict"): Locator {
    return this.region.getByRole("button", { name: new RegExp(`^${name}\\b`) });
  }

  /** Narrows the log to one value of a filter by mouse, and closes the menu. */
  async narrow(name: "Environment" | "Type" | "Status" | "Verdict", value: string): Promise<void> {
    await this.filter(name).click();
    const menu = this.page.getByRole("menu", { name: new RegExp(`^${name}\\b`) });
    await menu.getByRole("menuitemcheckbox", { name: value, exact: true }).click();
    await this.page.keyboard.press("Escape");
    await menu.waitFor({ state: "hidden" });
  }
}
