import { describe, expect, it } from "vitest";
import type { Command } from "./commands";
import { searchPalette } from "./palette-search";

const command = (title: string, section: string, change: Partial<Command> = {}): Command => ({
  id: title,
  title,
  section,
  run: () => undefined,
  ...change,
});
const commands = [
  command("Go to Environments", "Views"),
  command("Switch to eu", "Environments", { detail: "production, api-engage-eu.sitecorecloud.io" }),
  command("Switch to us", "Environments", { detail: "production, api-engage-us.sitecorecloud.io" }),
  command("Stop the sandbox", "Sandbox", { when: () => false }),
];
const titles = (text: string): string[] =>
  searchPalette(text, commands, []).flatMap((section) => section.lines.map((line) => line.title));

describe("what the palette shows", () => {
  it("is every command that can run, while nothing is typed", () => {
    expect(titles("")).toEqual(["Go to Environments", "Switch to eu", "Switch to us"]);
  });

  it("is what fits the title, or word by word the section and the detail", () => {
    expect(titles("switch eu")).toEqual(["Switch to eu"]);
    expect(titles("engage-us")).toEqual(["Switch to us"]);
    expect(titles("swus")).toEqual(["Switch to us"]);
    expect(titles("stop")).toEqual([]);
  });

  it("puts the section of the best command first", () => {
    expect(searchPalette("environments", commands, []).map((section) => section.name)).toEqual([
      "Views",
      "Environments",
    ]);
  });

  it("shows what providers found after the commands, with the letters that fit, and leaves it out after >", () => {
    const found = [
      { section: "Drafts", items: [{ id: "d1", title: "Home page, eu", run: () => undefined }] },
    ];
    const sections = searchPalette("eu", commands, found);
    expect(sections.map((section) => section.name)).toEqual(["Environments", "Drafts"]);
    expect(sections[1]?.lines[0]?.runs).toEqual([
      { text: "Home page, ", hit: false },
      { text: "eu", hit: true },
    ]);
    expect(searchPalette(">eu", commands, found).map((section) => section.name)).toEqual(["Environments"]);
  });
});
