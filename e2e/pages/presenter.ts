import type { Locator, Page } from "@playwright/test";

/** One guest on the stage: full screen, large type. */
export class Presenter {
  /** In the top bar. */
  readonly present: Locator;
  /** In the Guests view, at the step that is shown. */
  readonly presentFromHere: Locator;
  readonly stage: Locator;
  readonly card: Locator;
  readonly title: Locator;
  readonly changes: Locator;
  readonly milestones: Locator;
  readonly veil: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.present = page.getByRole("banner").getByRole("button", { name: "Present the guest" });
    this.presentFromHere = page.getByRole("button", { name: "Present from here" });
    this.stage = page.getByRole("dialog", { name: /^Presenting / });
    this.card = this.stage.getByRole("region", { name: /^Guest: / });
    this.title = this.stage.getByRole("heading", { level: 1 });
    this.changes = this.stage.getByRole("list", { name: "What changed" }).getByRole("listitem");
    this.milestones = this.stage.getByRole("navigation", { name: "Milestones" });
    this.veil = this.stage.getByRole("button", { name: /^V?Veil/ });
  }

  /** "Step 3 of 7" */
  step(number: number, of: number): Locator {
    return this.stage.getByText(`Step ${number} of ${of}`, { exact: true });
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** The size of the smallest letters, in pixels, and whether something reaches beyond the window. */
  measure(): Promise<{ smallest: number; overflows: boolean }> {
    return this.stage.evaluate((stage) => {
      const sizes = [...stage.querySelectorAll("*")]
        .filter((element) =>
          [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
        )
        .filter((element) => element.checkVisibility() && element.closest(".visually-hidden") === null)
        .map((element) => parseFloat(getComputedStyle(element).fontSize));
      return {
        smallest: Math.min(...sizes),
        overflows: stage.scrollWidth > stage.clientWidth || stage.scrollHeight > stage.clientHeight,
      };
    });
  }
}
