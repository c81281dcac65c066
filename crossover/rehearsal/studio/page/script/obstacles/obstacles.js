// What stands in a creator's way on the page.

/** Show what stands in the way of a page just drawn. */
export function showObstacles(_form) {}

/** Show what comes after a topic was picked. */
export function afterTopic(_form) {}

/** Whether a press of the publish button does anything. */
export function mayPress(_form) {
  return true;
}
