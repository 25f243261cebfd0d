import { expect, it } from "vitest";
import { filledOnTheWay, isEdgeProxy, isSitecore, mayFit, otherTransports } from "./transports";

const eu = { baseUrl: "https://api-engage-eu.sitecorecloud.io" };
const edge = { baseUrl: "https://edge-platform.sitecorecloud.io" };
const evil = { baseUrl: "https://sitecorecloud.io.evil.example" };

it("Sitecore's own hosts are known, and no others", () => {
  expect([eu, edge, evil, { baseUrl: "nonsense" }].map(isSitecore)).toEqual([true, true, false, false]);
  expect([eu, edge, evil].map(isEdgeProxy)).toEqual([false, true, false]);
});

it("the edge proxy takes the transport edge alone, Sitecore's API the others; of other hosts nothing is known", () => {
  expect([mayFit(eu, "edge"), mayFit(eu, "engage")]).toEqual([false, true]);
  expect([mayFit(edge, "edge"), mayFit(edge, "spec")]).toEqual([true, false]);
  expect([mayFit(evil, "edge"), mayFit(evil, "spec")]).toEqual([true, true]);
});

it("a refused transport has others in its place, the documented ones first", () => {
  expect(otherTransports({ ...eu, transport: "spec" })).toEqual(["engage", "http-get"]);
  expect(otherTransports({ ...eu, transport: "engage" })).toEqual(["http-get"]);
  expect(otherTransports({ ...edge, transport: "spec" })).toEqual(["edge"]);
  expect(otherTransports({ ...edge, transport: "edge" })).toEqual([]);
});

it("the point of sale may be missing where a site says it", () => {
  expect(filledOnTheWay({ transport: "edge", siteId: "shop" })).toEqual(["pos"]);
  expect(filledOnTheWay({ transport: "edge" })).toEqual([]);
  expect(filledOnTheWay({ transport: "engage", siteId: "shop" })).toEqual([]);
});
