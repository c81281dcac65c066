// Starts the studio: reads the settings of practice, then shows the page of the address.
import { loadSettings } from "./settings.js";
import { showPage } from "./router.js";

await loadSettings();
addEventListener("popstate", showPage);
await showPage();
