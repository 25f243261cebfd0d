import { Menu, type MenuItemConstructorOptions } from "electron";

const isMac = process.platform === "darwin";

const template: MenuItemConstructorOptions[] = [
  ...(isMac ? [{ role: "appMenu" } as const] : []),
  { role: "fileMenu" },
  { role: "editMenu" },
  {
    label: "View",
    submenu: [
      { role: "reload" },
      { role: "toggleDevTools" },
      { type: "separator" },
      { role: "resetZoom" },
      { role: "zoomIn" },
      { role: "zoomOut" },
      { type: "separator" },
      { role: "togglefullscreen" },
    ],
  },
  { role: "windowMenu" },
  { role: "help", submenu: [{ role: "about" }] },
];

/** The first menu: what every program has. Bellhop's own commands are in its command palette. */
export const setApplicationMenu = (): void => Menu.setApplicationMenu(Menu.buildFromTemplate(template));
