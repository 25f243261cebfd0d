// Runs before the first paint, so that a dark window never flashes white. The choice itself lives in the profile;
// this is only what the page remembers of it. A plain script, because the policy forbids inline ones.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem("bellhop-theme");
  } catch {
    // Without storage the system's theme is right.
  }
  const dark =
    choice === "dark" || (choice !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
