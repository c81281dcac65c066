// A page that is busy after each input into the text.

export function makeBusy(form, milliseconds) {
  form.container.addEventListener("beforeinput", (event) => {
    if (!event.target.closest("[contenteditable]")) return;
    const until = performance.now() + milliseconds;
    while (performance.now() < until);
  });
}
