// What the site does with a file after it arrived.
import { settings } from "../settings.js";
import { pause } from "./pause.js";

/** Wait until the site is done with a file, as the switches say: it may be never. Throws where it
 *  could not use the file. */
export async function process(signal) {
  await pause(settings.processingSeconds, signal);
  if (settings.processing === "endless") await new Promise(() => {});
  if (settings.processing === "fails") throw new Error("the file was not processed");
}
