/* The outline and the breadcrumb: fragments of the focus.
 *
 * The outline is a tree as the ARIA Authoring Practices have it (Tree View Pattern; entries are
 * links, as in their Navigation Treeview): one stop of the tab key, which moves with the arrows. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const TYPED_TOGETHER = 700; // milliseconds between the letters of one word
  const closed = new Set(); // units whose entries the reader has closed
  let stop = null; // what the entry leads to where the tab key stops
  let revealed = null; // the unit that was selected last

  const list = () => document.getElementById("outline");
  const tree = () => list().querySelector("[role=tree]");
  const entries = () => [...list().querySelectorAll("[role=treeitem]")];
  const visible = () => entries().filter((entry) => !entry.closest("ul[hidden]"));
  /** Return what an entry leads to: a unit, or what is folded below one. Keys change with the data. */
  const goalOf = ({ dataset: { unit, focusOn } }) => JSON.stringify([unit, focusOn]);
  const withGoal = (goal) => entries().find((entry) => goalOf(entry) === goal);
  const groupOf = (entry) => entry.nextElementSibling;
  const parentOf = (entry) => entry.closest("ul").previousElementSibling;
  const isOpen = (entry) => entry.getAttribute("aria-expanded") === "true";
  const isClosed = (entry) => entry.getAttribute("aria-expanded") === "false";

  // ---- The tree -------------------------------------------------------------------------------

  /** Make the lists of links a tree: what their data say becomes roles and states. */
  function plant(hadFocus) {
    const [root] = list().children;
    root.setAttribute("role", "tree");
    for (const entry of root.querySelectorAll("a")) {
      const { key, level, place, siblings, beyond } = entry.dataset;
      const group = groupOf(entry);
      entry.parentNode.setAttribute("role", "none");
      assign(entry, {
        role: "treeitem",
        tabindex: -1,
        "aria-level": level,
        "aria-posinset": place,
        "aria-setsize": siblings,
      });
      if (group) {
        assign(group, { role: "group", id: `outline-below-${key}` });
        entry.setAttribute("aria-owns", group.id);
      }
      if (group || beyond) {
        const twisty = document.createElement("span");
        assign(twisty, { class: "twisty", "aria-hidden": true });
        entry.prepend(twisty);
        open(entry, group && !closed.has(entry.dataset.unit));
      }
    }
    remit.filters.mark();
    const name = nameOf(root.querySelector("a"));
    root.setAttribute("aria-label", remit.say("walk-outline", { unit: name }));
    const same = stop && withGoal(stop);
    stopAt(same && same.dataset.unit ? same : entries()[0]); // a fold has led to the first
    if (hadFocus) {
      go(withGoal(stop));
    }
  }

  function assign(element, attributes) {
    for (const [name, value] of Object.entries(attributes)) {
      element.setAttribute(name, value);
    }
  }

  const nameOf = (entry) => entry.querySelector(".name").textContent;

  function open(entry, isToBeOpen) {
    const group = groupOf(entry);
    entry.setAttribute("aria-expanded", Boolean(isToBeOpen));
    if (group) {
      group.hidden = !isToBeOpen;
      closed[isToBeOpen ? "delete" : "add"](entry.dataset.unit);
    }
  }

  /** Open an entry: in place or, where what is below is beyond the picture, in the centre. */
  function unfold(entry) {
    if (groupOf(entry)) {
      open(entry, true);
    } else {
      remit.state.dispatch({ type: "focus", unit: entry.dataset.unit });
    }
  }

  function fold(entry) {
    const holdsFocus = groupOf(entry).contains(document.activeElement);
    open(entry, false);
    if (holdsFocus) {
      go(entry);
    } else if (groupOf(entry).contains(withGoal(stop))) {
      stopAt(entry);
    }
  }

  function stopAt(entry) {
    for (const old of list().querySelectorAll("[role=treeitem][tabindex='0']")) {
      old.tabIndex = -1;
    }
    entry.tabIndex = 0;
    stop = goalOf(entry);
  }

  function go(entry) {
    if (entry) {
      stopAt(entry);
      entry.focus({ preventScroll: true });
      remit.reveal(entry, list());
    }
  }

  // ---- Its keys -------------------------------------------------------------------------------

  const KEYS = {
    ArrowDown: (entry) => go(visible()[visible().indexOf(entry) + 1]),
    ArrowUp: (entry) => go(visible()[visible().indexOf(entry) - 1]),
    Home: () => go(visible()[0]),
    End: () => go(visible().pop()),
    ArrowRight(entry) {
      if (isClosed(entry)) {
        unfold(entry);
      } else if (isOpen(entry)) {
        go(groupOf(entry).querySelector("[role=treeitem]"));
      }
    },
    ArrowLeft(entry) {
      if (isOpen(entry)) {
        fold(entry);
      } else {
        go(parentOf(entry));
      }
    },
    "*"(entry) {
      for (const { firstElementChild: sibling } of entry.closest("ul").children) {
        if (groupOf(sibling)) {
          open(sibling, true);
        }
      }
    },
    Enter: (entry) => remit.walk.choose(entry.dataset),
    " ": (entry) => remit.walk.choose(entry.dataset),
  };

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  let typed = "";
  let forgetting = 0;

  /** Go to the next entry whose name begins with what is typed; one letter again goes on. */
  function type(entry, character) {
    typed += plain(character);
    window.clearTimeout(forgetting);
    forgetting = window.setTimeout(() => {
      typed = "";
    }, TYPED_TOGETHER);
    const isOneLetter = [...typed].every((each) => each === typed[0]);
    const wanted = isOneLetter ? typed[0] : typed;
    const all = visible();
    const from = all.indexOf(entry) + (isOneLetter ? 1 : 0);
    go([...all.slice(from), ...all.slice(0, from)].find((each) => plain(nameOf(each)).startsWith(wanted)));
  }

  document.addEventListener("keydown", (event) => {
    const entry = event.target.closest("#outline [role=treeitem]");
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (!entry || ctrlKey || metaKey || altKey || (shiftKey && key === "Enter")) {
      return;
    }
    if (/^[\p{L}\p{N}]$/u.test(key) || (key === " " && typed)) {
      type(entry, key);
    } else if (KEYS[key]) {
      typed = "";
      KEYS[key](entry);
    } else {
      return;
    }
    event.preventDefault();
  });

  document.addEventListener("focusin", ({ target }) => {
    if (target.matches("#outline [role=treeitem]")) {
      stopAt(target);
    }
  });

  // Ahead of the click that selects.
  document.addEventListener(
    "click",
    (event) => {
      const entry = event.target.matches("#outline .twisty") && event.target.parentNode;
      if (entry) {
        event.preventDefault();
        (isOpen(entry) ? fold : unfold)(entry);
      }
    },
    true,
  );

  /** Mark the selected unit; when it is another one, or drawn anew, open the way to it. */
  function mark({ unit }) {
    for (const entry of entries()) {
      if (entry.dataset.unit !== unit) {
        entry.removeAttribute("aria-selected");
        continue;
      }
      entry.setAttribute("aria-selected", "true");
      if (revealed !== unit) {
        for (let above = parentOf(entry); above; above = parentOf(above)) {
          open(above, true);
        }
        if (!tree().contains(document.activeElement)) {
          stopAt(entry);
        }
      }
      if (document.documentElement.dataset.view === "outline") {
        remit.reveal(entry, list());
      }
    }
    revealed = unit;
  }

  remit.outline = {
    /** Give the keyboard to the entry where the tab key stops. */
    focus: () => go(withGoal(stop)),
  };

  // ---- The breadcrumb -------------------------------------------------------------------------

  remit.breadcrumb = {
    /** Return the unit above the focus; null if it is the top. */
    parent() {
      const steps = document.querySelectorAll("#breadcrumb [data-focus-on]");
      return steps.length ? steps[steps.length - 1].dataset.focusOn : null;
    },
  };

  /** A step that was taken is gone; the focus goes to where it has led. */
  function keepFocus(hadFocus) {
    if (hadFocus) {
      document.querySelector("#breadcrumb [aria-current]").focus();
    }
  }

  const outline = remit.fragments.filled("outline", (hadFocus) => {
    revealed = null;
    plant(hadFocus);
  });
  (remit.followers = remit.followers || []).push(
    remit.fragments.filled("breadcrumb", keepFocus),
    async (state) => {
      mark(state);
      await outline(state);
      mark(remit.state.current());
    },
  );
})();
