/* The page's keyboard shortcuts, and the dialog that lists them (components/views/keys.py).
 *
 * Elements with keys of their own (a field, a menu, the outline, ...) handle them first and prevent
 * their default or stop them: this listener is at the window, after all others. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  const FIELDS = "input, textarea, select, [contenteditable]";
  /** Elements in which arrow keys have another meaning, if only to scroll. */
  const USE_ARROWS =
    "#panel, #outline, [role=grid], [role=menu], [role=listbox], [role=radiogroup]";
  const STORAGE_KEY = "remit-characters";
  let hasCharacterKeys = remit.storage.read(STORAGE_KEY) !== "off";

  const dialog = () => document.getElementById("keys-dialog");
  const isModalOpen = () => Boolean(document.querySelector("dialog[open], :popover-open"));

  // ---- What a key does ------------------------------------------------------------------------

  /** Return the unit at the cursor of a diagram, of the focused link, or the selected one. */
  function currentUnit() {
    const { unit, focusOn } = remit.walk.reachedItem() || {};
    const link = document.activeElement.closest("a[data-unit], a[data-focus-on]");
    const linked = link && (link.dataset.unit || link.dataset.focusOn);
    return unit || focusOn || linked || remit.state.current().unit;
  }

  function focusCurrentUnit() {
    const unit = currentUnit();
    if (unit) {
      remit.walk.focusOn(unit);
    }
  }

  function focusParent() {
    const { focus } = remit.state.current();
    if (focus) {
      remit.state.dispatch({ type: "focus", unit: remit.breadcrumb.parent() });
    } else {
      remit.announce(remit.message("walk-ends-at-top"));
    }
  }

  const CHARACTER_KEYS = {
    "+": focusCurrentUnit,
    "-": focusParent,
    "?": () => remit.keys.open(),
  };

  /** Tell whether an arrow key scrolls the page; in a diagram it does not. */
  function scrollsPage({ key, target }) {
    const { scrollHeight, clientHeight } = document.scrollingElement;
    return (
      (key === "ArrowUp" || key === "ArrowDown") &&
      scrollHeight > clientHeight &&
      target !== remit.walk.visibleDiagram()
    );
  }

  /** Move in the visible diagram, or give the focus to the outline, which handles its own keys. */
  function pressArrow(event) {
    if (event.target.closest(USE_ARROWS) || scrollsPage(event)) {
      return false;
    }
    const diagram = remit.walk.visibleDiagram();
    if (diagram) {
      if (diagram !== document.activeElement) {
        diagram.focus({ preventScroll: true });
      }
      remit.walk.step(event.key);
    } else if (root.dataset.view === "outline") {
      remit.outline.focus();
    }
    return true;
  }

  function pressEnter({ shiftKey, target }) {
    const reached = remit.walk.reachedItem();
    const { unit } = reached || target.dataset;
    if (shiftKey && unit) {
      remit.state.dispatch({ type: "connect", unit });
    } else if (reached && !shiftKey) {
      remit.walk.activate(reached);
    } else {
      return false;
    }
    return true;
  }

  /** Handle a key; return whether the page uses it. */
  function press(event) {
    const { key, shiftKey, target } = event;
    if (key === "F6") {
      remit.parts.cycle(shiftKey ? -1 : 1);
    } else if (key === "Escape") {
      remit.state.dispatch({ type: "clear" });
    } else if (target.closest(FIELDS)) {
      return false;
    } else if (key === "Enter") {
      return pressEnter(event);
    } else if (remit.walk.isArrowKey(key)) {
      return !shiftKey && pressArrow(event);
    } else if (CHARACTER_KEYS[key]) {
      CHARACTER_KEYS[key]();
    } else {
      return false;
    }
    return true;
  }

  window.addEventListener("keydown", (event) => {
    const isHandled = event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey;
    if (root.dataset.ready && !isHandled && !isModalOpen() && press(event)) {
      event.preventDefault();
    }
  });

  // ---- Character keys -------------------------------------------------------------------------

  // Shortcuts of one character that work everywhere can be turned off (WCAG 2.1.4). Fields and the
  // outline still receive characters. In the capture phase, before all other listeners.
  window.addEventListener(
    "keydown",
    (event) => {
      const isCharacter = event.key.length === 1 && event.key !== " ";
      const isTyping = event.target.closest(`${FIELDS}, [role=treeitem]`);
      if (!hasCharacterKeys && isCharacter && !isTyping) {
        event.stopImmediatePropagation();
      }
    },
    true,
  );

  function updateButton() {
    const button = dialog().querySelector("[data-action=characters]");
    button.setAttribute("aria-pressed", String(hasCharacterKeys));
  }

  remit.keys = {
    open() {
      updateButton();
      dialog().showModal();
    },
    close: () => dialog().close(),
    /** Turn shortcuts of one character off, or on again. */
    toggleCharacterKeys() {
      hasCharacterKeys = !hasCharacterKeys;
      remit.storage.write(STORAGE_KEY, hasCharacterKeys ? "on" : "off");
      updateButton();
    },
  };
})();
