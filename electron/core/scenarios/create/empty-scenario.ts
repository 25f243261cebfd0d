import { stringify } from "yaml";

/** A scenario to begin with: one step that can be played. */
export const emptyScenario = (name: string): string => `bellhop: 1
${stringify({ name }, { lineWidth: 0 })}steps:
  - name: Opens the home page
    send: VIEW
    event: { page: "https://shop.example/" }
`;
