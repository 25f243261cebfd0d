import { expect, type Locator, type Page } from "@playwright/test";

/** The editor of the draft in front. */
export class EventEditor {
  readonly text: Locator;
  readonly suggestions: Locator;
  /** What a field means, beside the pointer or the cursor. */
  readonly hover: Locator;
  /** The problem that F8 has led to, told below its line. */
  readonly problem: Locator;
  /** The wavy lines below mistakes, and the words after the line. Only drawn, so they have no role. */
  readonly errorLines: Locator;
  readonly errorWords: Locator;
  private readonly page: Page;
  private readonly pane: Locator;
  private readonly lines: Locator;

  constructor(page: Page) {
    this.page = page;
    const pane = page.getByRole("region", { name: "Event", exact: true });
    this.pane = pane;
    this.text = pane.getByRole("textbox", { name: /^Event of / });
    this.suggestions = page.getByRole("listbox", { name: "Suggest" });
    this.hover = page.getByRole("tooltip");
    this.problem = pane.locator(".marker-widget");
    this.errorLines = pane.locator(".squiggly-error");
    this.errorWords = pane.locator(".mark-words-error");
    this.lines = pane.locator(".view-line");
  }

  /**
   * Replaces the whole text as if it were typed: the editor closes brackets and quotes, and takes the typed ones for
   * those. So the text is one line, because a new line would be indented by both.
   */
  async write(text: string): Promise<void> {
    await this.text.focus();
    await this.page.keyboard.press("ControlOrMeta+A");
    // A bracket typed over a selection would enclose it.
    await this.page.keyboard.press("Delete");
    await this.page.keyboard.insertText(text);
  }

  /** The line of the text that holds this, to point at. */
  line(part: string): Locator {
    return this.lines.filter({ hasText: part });
  }

  /** A piece of a line, such as a field's name, to point at. */
  token(text: string): Locator {
    return this.lines.getByText(text, { exact: true }).first();
  }

  /** Puts the cursor behind a piece of the text, by keyboard. */
  async moveBehind(part: string): Promise<void> {
    const text = await this.content();
    const at = text.indexOf(part);
    expect(at, `“${part}” in the editor`).toBeGreaterThanOrEqual(0);
    const before = text.slice(0, at + part.length).split("\n");
    await this.text.focus();
    await this.page.keyboard.press("ControlOrMeta+Home");
    for (let line = 1; line < before.length; line++) await this.page.keyboard.press("ArrowDown");
    await this.page.keyboard.press("Home");
    await this.page.keyboard.press("Home");
    for (let column = 0; column < (before.at(-1)?.length ?? 0); column++)
      await this.page.keyboard.press("ArrowRight");
  }

  /** The colour behind the text. */
  background(): Promise<string> {
    return this.pane.locator(".view-lines").evaluate((text) => {
      const colours = [];
      for (let element: Element | null = text; element; element = element.parentElement)
        colours.push(getComputedStyle(element).backgroundColor);
      return colours.find((colour) => colour !== "rgba(0, 0, 0, 0)") ?? "";
    });
  }

  /**
   * The lines as they are drawn, top to bottom. Found and measured in one go: the editor replaces a line that changes,
   * and one that is found before and measured after has no place any more.
   */
  async content(): Promise<string> {
    const drawn = await this.pane.evaluate((pane) =>
      [...pane.querySelectorAll(".view-line")].map((line) => ({
        top: line.getBoundingClientRect().top,
        text: [...line.querySelectorAll(":scope > span > span")]
          .filter((part) => !part.className.includes("mark-words"))
          .map((part) => part.textContent ?? "")
          .join(""),
      })),
    );
    return drawn
      .sort((one, other) => one.top - other.top)
      .map(({ text }) => text.replaceAll("\u00a0", " "))
      .join("\n");
  }
}
