// @ts-check
// The limit of a start: Node alone, and a page with nothing but a text field.
import { createServer } from "node:http";

const page = "<!doctype html><title>bare</title><textarea data-pane aria-label='text'></textarea>";
const server = createServer((_, response) => response.setHeader("content-type", "text/html").end(page));
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(`ready at http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`);
});
process.on("SIGINT", () => process.exit(0));
