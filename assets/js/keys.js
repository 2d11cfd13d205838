/* The keys of the whole page, and the dialog that lists them (components/views/keys.py).
 *
 * Whatever has keys of its own (a field, a menu, the outline, ...) takes them first and prevents
 * their default, or stops them: this listens at the window, after all others. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  const FIELDS = "input, textarea, select, [contenteditable]";
  /** In these the arrows mean something else, if only to scroll them. */
  const HAVE_ARROWS = "#panel, #outline, [role=grid], [role=menu], [role=listbox], [role=radiogroup]";
  const STORED = "remit-characters";
  let hasCharacters = remit.storage.read(STORED) !== "off";

  const dialog = () => document.getElementById("keys-dialog");
  const isModal = () => Boolean(document.querySelector("dialog[open], :popover-open"));

  /** Return the unit that a key is meant for: what is reached or has the focus, else the selected. */
  function atHand() {
    const { unit, focusOn } = remit.walk.reached() || {};
    const link = document.activeElement.closest("a[data-unit], a[data-focus-on]");
    const named = link && (link.dataset.unit || link.dataset.focusOn);
    return unit || focusOn || named || remit.state.current().unit;
  }

  function inwards() {
    const unit = atHand();
    if (unit) {
      remit.walk.lead(unit);
    }
  }

  function outwards() {
    const { focus } = remit.state.current();
    if (focus) {
      remit.state.dispatch({ type: "focus", unit: remit.breadcrumb.parent() });
    } else {
      remit.announce(remit.say("walk-ends-at-top"));
    }
  }

  const CHARACTERS = { "+": inwards, "-": outwards, "?": () => remit.keys.open() };

  /** Tell whether an arrow would scroll the page: it does, unless a diagram has the focus. */
  function scrolls({ key, target }) {
    const { scrollHeight, clientHeight } = document.scrollingElement;
    return (
      (key === "ArrowUp" || key === "ArrowDown") &&
      scrollHeight > clientHeight &&
      target !== remit.walk.stage()
    );
  }

  /** Take a step in the diagram that is seen; the outline takes the keyboard to itself. */
  function step(event) {
    if (event.target.closest(HAVE_ARROWS) || scrolls(event)) {
      return false;
    }
    const diagram = remit.walk.stage();
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

  function enter({ shiftKey, target }) {
    const reached = remit.walk.reached();
    const { unit } = reached || target.dataset;
    if (shiftKey && unit) {
      remit.state.dispatch({ type: "connect", unit });
    } else if (reached && !shiftKey) {
      remit.walk.choose(reached);
    } else {
      return false;
    }
    return true;
  }

  /** Do what a key means, and tell whether it means anything. */
  function press(event) {
    const { key, shiftKey, target } = event;
    if (key === "F6") {
      remit.parts.turn(shiftKey ? -1 : 1);
    } else if (key === "Escape") {
      remit.state.dispatch({ type: "clear" });
    } else if (target.closest(FIELDS)) {
      return false;
    } else if (key === "Enter") {
      return enter(event);
    } else if (remit.walk.isStep(key)) {
      return !shiftKey && step(event);
    } else if (CHARACTERS[key]) {
      CHARACTERS[key]();
    } else {
      return false;
    }
    return true;
  }

  window.addEventListener("keydown", (event) => {
    const isForOthers = event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey;
    if (root.dataset.ready && !isForOthers && !isModal() && press(event)) {
      event.preventDefault();
    }
  });

  // Ahead of all others: keys of one character that mean something wherever the focus is can be
  // turned off (WCAG 2.1.4). What has the focus, a field or the outline, keeps its own.
  window.addEventListener(
    "keydown",
    (event) => {
      const isCharacter = event.key.length === 1 && event.key !== " ";
      const isOwn = event.target.closest(`${FIELDS}, [role=treeitem]`);
      if (!hasCharacters && isCharacter && !isOwn) {
        event.stopImmediatePropagation();
      }
    },
    true,
  );

  function show() {
    const button = dialog().querySelector("[data-action=characters]");
    button.setAttribute("aria-pressed", String(hasCharacters));
  }

  remit.keys = {
    open() {
      show();
      dialog().showModal();
    },
    close: () => dialog().close(),
    /** Turn the keys of one character off, or on again. */
    switchCharacters() {
      hasCharacters = !hasCharacters;
      remit.storage.write(STORED, hasCharacters ? "on" : "off");
      show();
    },
  };
})();
