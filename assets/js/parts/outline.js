/* The outline, the list of all relations beside it, and the breadcrumb: fragments of the focus.
 *
 * The outline follows the Tree View pattern of the ARIA Authoring Practices. Its entries are links,
 * as in their Navigation Treeview. It is a single tab stop, which the arrow keys move. */

import { elementWith, find, findAll, on, root } from "../page/context.js";
import { html, makeTabStop, scrollIntoList, setAttributes } from "../page/elements.js";
import { fillingFollower } from "../page/fragments.js";
import { message } from "../page/messages.js";
import { scene } from "../page/scene.js";
import { dispatch, keys, store } from "../page/store.js";
import { typeahead, withoutAccents } from "../state/typeahead.js";
import { markOutline } from "./filters.js";
import * as walk from "./walk.js";

/** @import { State } from "../state/reducer.js" */

const TYPEAHEAD_PAUSE = 700; // milliseconds after which a typed letter begins a new word
/** @type {Set<string>} */
const collapsed = new Set(); // what the entries are that the reader has collapsed
/** @type {?string} */
let tabStop = null; // the target of the entry that the Tab key reaches
/** @type {?string} */
let revealed = null; // the selected unit whose entry was revealed last

const list = () => elementWith("outline");
const tree = () => list().querySelector("[role=tree]");
const entries = () => findAll("[role=treeitem]", list());
const visibleEntries = () => entries().filter((entry) => !entry.closest("ul[hidden]"));
/** Identify an entry by the unit that it selects or focuses, since keys change with the data.
 * @param {HTMLElement} entry */
const identityOf = ({ dataset: { unit, focusOn } }) => JSON.stringify([unit, focusOn]);
/** @param {?string} identity */
const entryWith = (identity) => entries().find((entry) => identityOf(entry) === identity);
/** @param {Element} entry */
const groupOf = (entry) => /** @type {?HTMLElement} */ (entry.nextElementSibling);
/** @param {Element} entry */
const parentOf = (entry) =>
  /** @type {?HTMLElement} */ (entry.closest("ul")?.previousElementSibling || null);
/** @param {Element} entry */
const isExpanded = (entry) => entry.getAttribute("aria-expanded") === "true";
/** @param {Element} entry */
const isCollapsed = (entry) => entry.getAttribute("aria-expanded") === "false";
/** @param {HTMLElement} entry */
const nameOf = (entry) => find(".name", entry).textContent || "";

// ---- The tree ----------------------------------------------------------------------------------

/** Turn the lists of links into a tree: their data attributes become roles and states.
 * @param {boolean} hadFocus */
function makeTree(hadFocus) {
  const top = find(":scope > ul", list());
  top.setAttribute("role", "tree");
  for (const entry of findAll("a", top)) {
    const { key, place, beyond } = entry.dataset;
    const above = parentOf(entry)?.ariaLevel;
    const group = groupOf(entry);
    entry.parentElement?.setAttribute("role", "none");
    setAttributes(entry, {
      role: "treeitem",
      tabindex: -1,
      "aria-level": above ? Number(above) + 1 : top.dataset.level,
      "aria-posinset": place,
      "aria-setsize": entry.closest("ul")?.dataset.siblings,
    });
    if (group) {
      setAttributes(group, { role: "group", id: `outline-below-${key}` });
      entry.setAttribute("aria-owns", group.id);
    }
    if (group || beyond) {
      entry.prepend(html("span", { className: "twisty", ariaHidden: "true" }));
      setExpanded(entry, group !== null && !collapsed.has(identityOf(entry)));
    }
  }
  markOutline();
  const name = nameOf(find("a", top));
  top.setAttribute("aria-label", message("walk-outline", { unit: name }));
  const focused = entries().find((entry) => entry === document.activeElement);
  const previous = entryWith(tabStop);
  // After a group was entered, its unit is the first entry.
  setTabStop(focused || previous || entries()[0]);
  if (hadFocus) {
    focusEntry(entryWith(tabStop));
  }
}

/** @param {HTMLElement} entry @param {boolean} isToExpand */
function setExpanded(entry, isToExpand) {
  const group = groupOf(entry);
  entry.setAttribute("aria-expanded", String(isToExpand));
  if (group) {
    group.hidden = !isToExpand;
    collapsed[isToExpand ? "delete" : "add"](identityOf(entry));
  }
}

/** Expand an entry; if its children are not in the outline, open its unit, here and in the network.
 * @param {HTMLElement} entry */
function expand(entry) {
  if (groupOf(entry)) {
    setExpanded(entry, true);
  } else {
    const { unit = "" } = entry.dataset;
    dispatch({ type: "open", unit, above: scene.unitsAround(scene.keyOf(unit)) });
  }
}

/** @param {HTMLElement} entry */
function collapse(entry) {
  const group = groupOf(entry);
  const containsFocus = group?.contains(document.activeElement);
  setExpanded(entry, false);
  if (containsFocus) {
    focusEntry(entry);
  } else if (group?.contains(entryWith(tabStop) || null)) {
    setTabStop(entry);
  }
}

/** Make an entry the only tab stop of the tree.
 * @param {HTMLElement} entry */
function setTabStop(entry) {
  makeTabStop(entry, list());
  tabStop = identityOf(entry);
}

/** Give the focus to an entry, if there is one.
 * @param {?HTMLElement|undefined} entry */
function focusEntry(entry) {
  if (entry) {
    setTabStop(entry);
    entry.focus({ preventScroll: true });
    scrollIntoList(entry, list());
  }
}

// ---- Keys and clicks ---------------------------------------------------------------------------

/** @type {Record<string, (entry: HTMLElement) => void>} */
const KEYS = {
  ArrowDown: (entry) => focusEntry(visibleEntries()[visibleEntries().indexOf(entry) + 1]),
  ArrowUp: (entry) => focusEntry(visibleEntries()[visibleEntries().indexOf(entry) - 1]),
  Home: () => focusEntry(visibleEntries()[0]),
  End: () => focusEntry(visibleEntries().pop()),
  ArrowRight(entry) {
    if (isCollapsed(entry)) {
      expand(entry);
    } else if (isExpanded(entry)) {
      focusEntry(groupOf(entry)?.querySelector("[role=treeitem]"));
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
    for (const sibling of findAll(":scope > li > a", entry.closest("ul") || list())) {
      if (groupOf(sibling)) {
        setExpanded(sibling, true);
      }
    }
  },
  Enter: (entry) => walk.activate(entry.dataset),
  " ": (entry) => walk.activate(entry.dataset),
};

let typed = "";
let typeaheadTimer = 0;

/** Focus the next entry whose name begins with the typed letters.
 * @param {HTMLElement} entry @param {string} character */
function type(entry, character) {
  typed += withoutAccents(character);
  window.clearTimeout(typeaheadTimer);
  typeaheadTimer = window.setTimeout(() => {
    typed = "";
  }, TYPEAHEAD_PAUSE);
  const all = visibleEntries();
  focusEntry(all[typeahead(all.map(nameOf), all.indexOf(entry), typed)]);
}

export function listen() {
  on("keydown", "#outline [role=treeitem]", (entry, event) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (ctrlKey || metaKey || altKey || (shiftKey && key === "Enter")) {
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

  on("focusin", "#outline [role=treeitem]", setTabStop);

  on("click", "#outline .twisty", ({ parentElement: entry }, event) => {
    if (entry) {
      event.preventDefault(); // toolbar.js would select the unit
      (isExpanded(entry) ? collapse : expand)(entry);
    }
  });
}

/** Mark the selected unit; if the selection or the outline is new, expand its ancestors.
 * @param {State} state */
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
      if (!tree()?.contains(document.activeElement)) {
        setTabStop(entry);
      }
    }
    if (root.dataset.view === "outline") {
      scrollIntoList(entry, list());
    }
  }
  revealed = unit;
}

/** Give the focus to the entry that is the tab stop. */
export const focusOutlineEntry = () => focusEntry(entryWith(tabStop));

const fillOutline = fillingFollower("outline", {
  parametersOf: (state) => keys.chosen(["size", "sort", "open"], state),
  onFilled(hadFocus) {
    revealed = null;
    makeTree(hadFocus);
  },
});

/** @param {State} state */
export async function follow(state) {
  markSelected(state);
  await fillOutline(state);
  markSelected(store.current);
}

const fillRelations = fillingFollower("relations", {
  onFilled() {
    const relations = elementWith("relations");
    relations.toggleAttribute("data-empty", !relations.firstElementChild);
  },
});

/** @param {State} state */
export function followRelations(state) {
  if (root.dataset.view === "outline") {
    fillRelations(state);
  }
}

/** Fill the breadcrumb; the last step takes the focus from the step that was clicked. */
export const followBreadcrumb = fillingFollower("breadcrumb", {
  onFilled(hadFocus) {
    if (hadFocus) {
      find("#breadcrumb [aria-current]").focus();
    }
  },
});
