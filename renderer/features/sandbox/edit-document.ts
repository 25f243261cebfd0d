import { isMap, isScalar, isSeq, parseDocument, type Document } from "yaml";
import type { JsonValue } from "../../../shared/model/json";

export type DocumentPath = readonly (string | number)[];
/** A change of a document's text that keeps its comments, its order and everything that it is not about. */
export type DocumentEdit = (text: string) => string;

const edited = (text: string, change: (document: Document) => void): string => {
  const document = parseDocument(text);
  change(document);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
};

/** Sets a value. A text stays quoted the way the value before it was, where it has to be. */
export const setValue =
  (path: DocumentPath, value: JsonValue): DocumentEdit =>
  (text) =>
    edited(text, (document) => {
      const node = document.getIn(path, true);
      const plain = value === null || typeof value !== "object";
      // The node keeps the comment behind it.
      if (plain && isScalar(node)) node.value = value;
      else document.setIn(path, document.createNode(value));
    });

/** Leaves a value out, so that its default counts; or takes an item out of its list. */
export const removeValue =
  (path: DocumentPath): DocumentEdit =>
  (text) =>
    edited(text, (document) => document.deleteIn(path));

/** Puts an item at the end of a list, which is made where there is none. An empty path means the document itself. */
export const addItem =
  (path: DocumentPath, item: JsonValue): DocumentEdit =>
  (text) =>
    edited(text, (document) => {
      const list = path.length === 0 ? document.contents : document.getIn(path, true);
      if (isSeq(list)) {
        // An empty list is written as [], and would go on in that style.
        if (list.items.length === 0) list.flow = false;
        list.add(document.createNode(item));
      } else if (path.length === 0)
        document.contents = document.createNode([item]) as typeof document.contents;
      else document.setIn(path, document.createNode([item]));
    });

/** Moves an item of a list to another place in it. */
export const moveItem =
  (path: DocumentPath, from: number, to: number): DocumentEdit =>
  (text) =>
    edited(text, (document) => {
      const list = document.getIn(path, true);
      if (!isSeq(list) || list.items[from] === undefined || list.items[to] === undefined) return;
      list.items.splice(to, 0, ...list.items.splice(from, 1));
    });

/** Renames a point of sale, also where a site names it. */
export const renamePointOfSale =
  (index: number, name: string): DocumentEdit =>
  (text) =>
    edited(text, (document) => {
      const path = ["pointsOfSale", index, "name"];
      const before = document.getIn(path);
      document.setIn(path, name);
      const sites = document.get("sites");
      if (!isMap(sites)) return;
      for (const { value } of sites.items) if (isScalar(value) && value.value === before) value.value = name;
    });

/** Removes a point of sale, and the sites that name it: they would name nothing. */
export const removePointOfSale =
  (index: number): DocumentEdit =>
  (text) =>
    edited(text, (document) => {
      const name = document.getIn(["pointsOfSale", index, "name"]);
      document.deleteIn(["pointsOfSale", index]);
      const sites = document.get("sites");
      if (!isMap(sites)) return;
      sites.items = sites.items.filter(({ value }) => !(isScalar(value) && value.value === name));
    });
