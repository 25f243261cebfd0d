import { createPinia } from "pinia";
import { createApp } from "vue";
import App from "./App.vue";
import { connect } from "./client";
import { clientKey, reportFailures } from "./layout";
import "./styles/index.css";

/** Text that is laid out twice would jump, so the two fonts come first; without them the system's will do. */
const fonts = Promise.race([
  Promise.all(
    ["400 13px 'Inter Variable'", "400 12px 'JetBrains Mono Variable'"].map((font) =>
      document.fonts.load(font),
    ),
  ),
  new Promise((resolve) => setTimeout(resolve, 1000)),
]);

const client = connect();
const app = createApp(App).use(createPinia()).provide(clientKey, client);
reportFailures(app, client);
void fonts.finally(() => app.mount("#app"));
