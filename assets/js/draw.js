/* Turns Dash's HTML components, as fragments contain them, into elements of the document.
 *
 * Dash itself takes about 1 ms for each element, 400 ms for a long panel; drawn here, a panel is on
 * the screen in the next frame. Text stays text: nothing is parsed as markup. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  /** Elements that can be told apart by their data attributes. */
  const IDENTIFIABLE =
    "[data-unit], [data-focus-on], [data-reference], [data-filter], [data-action], [data-column]";
  const ATTRIBUTES = { className: "class", tabIndex: "tabindex" };

  // ---- Drawing --------------------------------------------------------------------------------

  /**
   * Return the nodes for the `children` of a component.
   * @param {null|undefined|string|number|object|Array} children - text, a component, or a list
   * @returns {Array<Node|string>}
   */
  function nodes(children) {
    if (children === null || children === undefined) {
      return [];
    }
    if (Array.isArray(children)) {
      return children.flatMap(nodes);
    }
    return [typeof children === "object" ? elementOf(children) : String(children)];
  }

  function elementOf({ namespace, type, props }) {
    if (namespace !== "dash_html_components") {
      throw new Error(`A fragment holds HTML components only, no ${namespace}.${type}`);
    }
    const element = document.createElement(type.toLowerCase());
    for (const [name, value] of Object.entries(props)) {
      if (name !== "children" && value !== null) {
        const isThisPage = name === "href" && value.startsWith("?");
        element.setAttribute(
          ATTRIBUTES[name] || name,
          isThisPage ? remit.embed.withLanguage(value) : value,
        );
      }
    }
    element.append(...nodes(props.children));
    return element;
  }

  /**
   * Return a new SVG element.
   * @param {string} tag
   * @param {Object<string, string|number>} attributes
   * @param {...(Node|string)} children
   */
  remit.svg = (tag, attributes, ...children) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) {
      element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  };

  /** Fill an element, given by its id, with components. */
  remit.fill = (id, components) => {
    document.getElementById(id).replaceChildren(...nodes(components));
  };

  // ---- Keeping the focus ----------------------------------------------------------------------

  /** Return a signature that an element has also after its container has been drawn again. */
  function signature(element, container) {
    const identifiable = element.closest(IDENTIFIABLE);
    const isInside = identifiable && container.contains(identifiable);
    return JSON.stringify([element.tagName, isInside ? { ...identifiable.dataset } : null]);
  }

  /**
   * Return a function that finds the successor of an element after a container is drawn again.
   * @returns {function(Element): ?Element}
   */
  function finder(element, container) {
    const wanted = signature(element, container);
    const candidates = (place) =>
      [...place.querySelectorAll(element.tagName)].filter(
        (candidate) => signature(candidate, place) === wanted,
      );
    const index = candidates(container).indexOf(element);
    return (place) => candidates(place)[index] || null;
  }

  /**
   * Remember the focus, the open details and the scroll position of a container that is about to be
   * drawn again.
   * @param {Element} container
   * @returns {function(Element=): boolean} restores them, in the container or in the element given
   *   that has replaced it; returns false if the focus was inside and its element is gone
   */
  remit.preserveFocus = (container) => {
    const { activeElement } = document;
    const hadFocus = container !== activeElement && container.contains(activeElement);
    const findFocused = hadFocus && finder(activeElement, container);
    const findOpen = [...container.querySelectorAll("details[open]")].map((details) =>
      finder(details, container),
    );
    const { scrollTop, scrollLeft } = container;
    return (place = container) => {
      for (const details of findOpen.map((find) => find(place)).filter(Boolean)) {
        details.open = true;
      }
      Object.assign(place, { scrollTop, scrollLeft });
      const focused = findFocused && findFocused(place);
      if (focused) {
        focused.focus({ preventScroll: true });
      }
      return !hadFocus || Boolean(focused);
    };
  };

  /** Return a copy of an element without `aria-pressed`, which follows the state. */
  function withoutPressed(element) {
    const copy = element.cloneNode(true);
    copy.querySelectorAll("[aria-pressed]").forEach((button) => {
      button.removeAttribute("aria-pressed");
    });
    return copy;
  }

  /** Redraw the element that has the id of a component, unless nothing has changed. */
  remit.replaceElement = (component) => {
    const updated = elementOf(component);
    const current = document.getElementById(component.props.id);
    if (!withoutPressed(updated).isEqualNode(withoutPressed(current))) {
      const restoreFocus = remit.preserveFocus(current);
      current.replaceChildren(...updated.childNodes);
      for (const { name, value } of updated.attributes) {
        current.setAttribute(name, value);
      }
      restoreFocus();
    }
  };
})();
