/* The outline and the breadcrumb: fragments of the focus.
 *
 * The outline follows the Tree View pattern of the ARIA Authoring Practices. Its entries are links,
 * as in their Navigation Treeview. It is a single tab stop, which the arrow keys move. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const TYPEAHEAD_PAUSE = 700; // milliseconds after which a typed letter begins a new word
  const collapsed = new Set(); // units whose entries the reader has collapsed
  let tabStop = null; // the target of the entry that the Tab key reaches
  let revealed = null; // the selected unit whose entry was revealed last

  const list = () => document.getElementById("outline");
  const tree = () => list().querySelector("[role=tree]");
  const entries = () => [...list().querySelectorAll("[role=treeitem]")];
  const visibleEntries = () => entries().filter((entry) => !entry.closest("ul[hidden]"));
  /** Identify an entry by the unit that it selects or focuses, since keys change with the data. */
  const targetOf = ({ dataset: { unit, focusOn } }) => JSON.stringify([unit, focusOn]);
  const entryWith = (target) => entries().find((entry) => targetOf(entry) === target);
  const groupOf = (entry) => entry.nextElementSibling;
  const parentOf = (entry) => entry.closest("ul").previousElementSibling;
  const isExpanded = (entry) => entry.getAttribute("aria-expanded") === "true";
  const isCollapsed = (entry) => entry.getAttribute("aria-expanded") === "false";
  const nameOf = (entry) => entry.querySelector(".name").textContent;

  // ---- The tree -------------------------------------------------------------------------------

  /** Turn the lists of links into a tree: their data attributes become roles and states. */
  function makeTree(hadFocus) {
    const [root] = list().children;
    root.setAttribute("role", "tree");
    for (const entry of root.querySelectorAll("a")) {
      const { key, level, place, siblings, beyond } = entry.dataset;
      const group = groupOf(entry);
      entry.parentNode.setAttribute("role", "none");
      setAttributes(entry, {
        role: "treeitem",
        tabindex: -1,
        "aria-level": level,
        "aria-posinset": place,
        "aria-setsize": siblings,
      });
      if (group) {
        setAttributes(group, { role: "group", id: `outline-below-${key}` });
        entry.setAttribute("aria-owns", group.id);
      }
      if (group || beyond) {
        const twisty = document.createElement("span");
        setAttributes(twisty, { class: "twisty", "aria-hidden": true });
        entry.prepend(twisty);
        setExpanded(entry, group && !collapsed.has(entry.dataset.unit));
      }
    }
    remit.filters.markOutline();
    const name = nameOf(root.querySelector("a"));
    root.setAttribute("aria-label", remit.message("walk-outline", { unit: name }));
    const previous = tabStop && entryWith(tabStop);
    // After a fold was entered, its unit is the first entry.
    setTabStop(previous && previous.dataset.unit ? previous : entries()[0]);
    if (hadFocus) {
      focusEntry(entryWith(tabStop));
    }
  }

  function setAttributes(element, attributes) {
    for (const [name, value] of Object.entries(attributes)) {
      element.setAttribute(name, value);
    }
  }

  function setExpanded(entry, isToExpand) {
    const group = groupOf(entry);
    entry.setAttribute("aria-expanded", Boolean(isToExpand));
    if (group) {
      group.hidden = !isToExpand;
      collapsed[isToExpand ? "delete" : "add"](entry.dataset.unit);
    }
  }

  /** Expand an entry; if its children are not in the outline, focus its unit, which shows them. */
  function expand(entry) {
    if (groupOf(entry)) {
      setExpanded(entry, true);
    } else {
      remit.state.dispatch({ type: "focus", unit: entry.dataset.unit });
    }
  }

  function collapse(entry) {
    const containsFocus = groupOf(entry).contains(document.activeElement);
    setExpanded(entry, false);
    if (containsFocus) {
      focusEntry(entry);
    } else if (groupOf(entry).contains(entryWith(tabStop))) {
      setTabStop(entry);
    }
  }

  /** Make an entry the only tab stop of the tree. */
  function setTabStop(entry) {
    for (const previous of list().querySelectorAll("[role=treeitem][tabindex='0']")) {
      previous.tabIndex = -1;
    }
    entry.tabIndex = 0;
    tabStop = targetOf(entry);
  }

  /** Give the focus to an entry, if there is one. */
  function focusEntry(entry) {
    if (entry) {
      setTabStop(entry);
      entry.focus({ preventScroll: true });
      remit.scrollIntoList(entry, list());
    }
  }

  // ---- Keys and clicks ------------------------------------------------------------------------

  const KEYS = {
    ArrowDown: (entry) => focusEntry(visibleEntries()[visibleEntries().indexOf(entry) + 1]),
    ArrowUp: (entry) => focusEntry(visibleEntries()[visibleEntries().indexOf(entry) - 1]),
    Home: () => focusEntry(visibleEntries()[0]),
    End: () => focusEntry(visibleEntries().pop()),
    ArrowRight(entry) {
      if (isCollapsed(entry)) {
        expand(entry);
      } else if (isExpanded(entry)) {
        focusEntry(groupOf(entry).querySelector("[role=treeitem]"));
      }
    },
    ArrowLeft(entry) {
      if (isExpanded(entry)) {
        collapse(entry);
      } else {
        focusEntry(parentOf(entry));
      }
    },
    "*"(entry) {
      for (const { firstElementChild: sibling } of entry.closest("ul").children) {
        if (groupOf(sibling)) {
          setExpanded(sibling, true);
        }
      }
    },
    Enter: (entry) => remit.walk.activate(entry.dataset),
    " ": (entry) => remit.walk.activate(entry.dataset),
  };

  /** Return a text in lower case and without accents. */
  const normalized = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  let typed = "";
  let typeaheadTimer = 0;

  /**
   * Typeahead: focus the next entry whose name begins with the typed letters. The same letter again
   * goes on to the next such entry.
   */
  function type(entry, character) {
    typed += normalized(character);
    window.clearTimeout(typeaheadTimer);
    typeaheadTimer = window.setTimeout(() => {
      typed = "";
    }, TYPEAHEAD_PAUSE);
    const isOneLetter = [...typed].every((letter) => letter === typed[0]);
    const prefix = isOneLetter ? typed[0] : typed;
    const all = visibleEntries();
    const start = all.indexOf(entry) + (isOneLetter ? 1 : 0);
    const candidates = [...all.slice(start), ...all.slice(0, start)];
    focusEntry(candidates.find((other) => normalized(nameOf(other)).startsWith(prefix)));
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
      setTabStop(target);
    }
  });

  // In the capture phase, before the listener that selects the unit.
  document.addEventListener(
    "click",
    (event) => {
      const entry = event.target.matches("#outline .twisty") && event.target.parentNode;
      if (entry) {
        event.preventDefault();
        (isExpanded(entry) ? collapse : expand)(entry);
      }
    },
    true,
  );

  /** Mark the selected unit; if the selection or the outline is new, expand its ancestors. */
  function markSelected({ unit }) {
    for (const entry of entries()) {
      if (entry.dataset.unit !== unit) {
        entry.removeAttribute("aria-selected");
        continue;
      }
      entry.setAttribute("aria-selected", "true");
      if (revealed !== unit) {
        for (let ancestor = parentOf(entry); ancestor; ancestor = parentOf(ancestor)) {
          setExpanded(ancestor, true);
        }
        if (!tree().contains(document.activeElement)) {
          setTabStop(entry);
        }
      }
      if (document.documentElement.dataset.view === "outline") {
        remit.scrollIntoList(entry, list());
      }
    }
    revealed = unit;
  }

  remit.outline = {
    /** Give the focus to the entry that is the tab stop. */
    focus: () => focusEntry(entryWith(tabStop)),
  };

  // ---- The breadcrumb -------------------------------------------------------------------------

  remit.breadcrumb = {
    /** Return the parent of the focus; null if the focus is the top. */
    parent() {
      const steps = document.querySelectorAll("#breadcrumb [data-focus-on]");
      return steps.length ? steps[steps.length - 1].dataset.focusOn : null;
    },
  };

  /** Focus the last step, since the step that was clicked is gone. */
  function focusLastStep(hadFocus) {
    if (hadFocus) {
      document.querySelector("#breadcrumb [aria-current]").focus();
    }
  }

  const fillOutline = remit.fragments.fillingFollower("outline", (hadFocus) => {
    revealed = null;
    makeTree(hadFocus);
  });
  (remit.followers = remit.followers || []).push(
    remit.fragments.fillingFollower("breadcrumb", focusLastStep),
    async (state) => {
      markSelected(state);
      await fillOutline(state);
      markSelected(remit.state.current());
    },
  );
})();
