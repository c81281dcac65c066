// Work that waits until there is nothing else to do.

const SLICE = 8;
const SOON = 50;

const whenIdle = window.requestIdleCallback ?? ((run) => setTimeout(run, SOON));

/** Do something with each of the items, a few milliseconds at a time. */
export function doWhenIdle(items, act) {
  let place = 0;
  const doSome = () => {
    const end = performance.now() + SLICE;
    while (place < items.length && performance.now() < end) act(items[place++]);
    if (place < items.length) whenIdle(doSome);
  };
  whenIdle(doSome);
}

/** A function that calls this one once the browser has painted, however often it was called before. */
export function afterPaint(act) {
  let waits = false;
  return () => {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() => setTimeout(() => {
      waits = false;
      act();
    }));
  };
}
