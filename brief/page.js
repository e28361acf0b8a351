"use strict";
// Shows what belongs together on the two sides. Without it the links still lead across.
// `data-to` of a sentence names its partners; `data-of` of a lesser link names its own sentence.
(() => {
  const root = document.documentElement;
  const at = (id) => document.getElementById(id);
  const opened = new Set();

  root.classList.add("live");

  function clear() {
    for (const old of document.querySelectorAll("[aria-current]")) old.removeAttribute("aria-current");
  }

  function show(own, goal) {
    clear();
    for (const id of own.dataset.to.split(" ")) at(id).setAttribute("aria-current", "true");
    own.setAttribute("aria-current", "true");
    goal.focus({ preventScroll: true });
    goal.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function follow(event) {
    const link = event.target.closest("a[data-to], a[data-of]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    // The end of a selection with the mouse is no click.
    if (event.detail && !getSelection().isCollapsed) return;
    const own = at(link.dataset.of) || link;
    const goal = at(link.hash.slice(1));
    // The way back leads to the sentence that was left.
    history.replaceState(null, "", `#${own.id}`);
    history.pushState(null, "", `#${goal.id}`);
    show(own, goal);
  }

  function arrive() {
    const goal = at(location.hash.slice(1));
    if (goal && goal.dataset.to) show(goal, goal);
    else clear();
  }

  document.addEventListener("click", follow);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
    if (event.key !== " " || !event.target.matches("a[data-to], a[data-of]")) return;
    event.preventDefault();
    event.target.click();
  });
  addEventListener("popstate", arrive);
  addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("details:not([open])")) {
      fold.open = true;
      opened.add(fold);
    }
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
    opened.clear();
  });
  arrive();
})();
