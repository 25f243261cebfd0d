import { describe } from "vitest";
import { spec, playCases, type Case } from "./cases";

const extensions: Case[] = [
  {
    rule: "have at most 50 attributes",
    source: "Sitecore: send additional event data",
    steps: [
      spec("a", "VIEW", { ext: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`a${n}`, n])) }),
    ],
    statuses: ["FAILED"],
    reasons: ["too-many-attributes"],
  },
  {
    rule: "keep the type of an attribute for each type of event",
    source: "Sitecore: send additional event data",
    steps: [
      spec("a", "VIEW", { ext: { tier: "gold" } }),
      spec("b", "VIEW", { ext: { tier: 1 } }),
      spec("b", "SEARCH", { search_term: "tee", ext: { tier: 1 } }),
      spec("a", "VIEW", { ext: { tier: true } }),
    ],
    statuses: ["PROCESSED", "FAILED", "PROCESSED", "FAILED"],
    reasons: ["attribute-type-changed"],
  },
];

const drops: Case[] = [
  {
    rule: "are dropped where their point of sale does not exist, and change nobody",
    source: "Sitecore: troubleshooting 1153275",
    steps: [spec("a", "VIEW", { pos: "nowhere" })],
    statuses: ["DROPPED"],
    guest: { events: 0, sessions: [] },
  },
  {
    rule: "fail with the issues of their catalog, and change nobody",
    source: "Interfaces: an event its catalog calls invalid ends FAILED",
    steps: [spec("a", "IDENTITY", { email: "no" })],
    statuses: ["FAILED"],
    guest: { events: 0, emails: [], guestType: "visitor" },
  },
];

describe("over HTTP, ext attributes", () => playCases(extensions));
describe("over HTTP, events", () => playCases(drops));
