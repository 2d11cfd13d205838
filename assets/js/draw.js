/* Dash's HTML components, as a fragment holds them, become elements of the document.
 *
 * Dash itself takes some 1 ms an element, 400 ms for a long panel; made here it is there in the
 * next frame. Text stays text: nothing is parsed as markup. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const MARKED =
    "[data-unit], [data-focus-on], [data-reference], [data-filter], [data-action], [data-column]";
  const ATTRIBUTES = { className: "class", tabIndex: "tabindex" };

  /** Return the nodes for `children` of a component: nothing, text, a component, or a list. */
  function nodes(children) {
    if (children === null || children === undefined) {
      return [];
    }
    if (Array.isArray(children)) {
      return children.flatMap(nodes);
    }
    return [typeof children === "object" ? element(children) : String(children)];
  }

  function element({ namespace, type, props }) {
    if (namespace !== "dash_html_components") {
      throw new Error(`A fragment holds HTML components only, no ${namespace}.${type}`);
    }
    const made = document.createElement(type.toLowerCase());
    for (const [name, value] of Object.entries(props)) {
      if (name !== "children" && value !== null) {
        const isHere = name === "href" && value.startsWith("?");
        made.setAttribute(ATTRIBUTES[name] || name, isHere ? remit.embed.spoken(value) : value);
      }
    }
    made.append(...nodes(props.children));
    return made;
  }

  /** Return an element of SVG with its attributes and what is in it. */
  remit.svg = (tag, attributes, ...children) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) {
      made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
  };

  /** Return a name of an element within a place, which it has also when it is drawn anew. */
  function nameOf(element, place) {
    const marked = element.closest(MARKED);
    const data = marked && place.contains(marked) ? { ...marked.dataset } : null;
    return JSON.stringify([element.tagName, data]);
  }

  /** Return a function that finds an element again in a place that is drawn anew. */
  function seeker(element, place) {
    const name = nameOf(element, place);
    const alike = (now) =>
      [...now.querySelectorAll(element.tagName)].filter((each) => nameOf(each, now) === name);
    const number = alike(place).indexOf(element);
    return (now) => alike(now)[number] || null;
  }

  /** Return a function to be called once a place is drawn anew: it gives back the focus of the
   * keyboard, what was open, and how far it was scrolled, and tells whether the focus is kept. It
   * takes the element that has come into the place, if that is another one. */
  remit.keeping = (place) => {
    const { activeElement } = document;
    const held = place !== activeElement && place.contains(activeElement);
    const focused = held && seeker(activeElement, place);
    const open = [...place.querySelectorAll("details[open]")].map((each) => seeker(each, place));
    const { scrollTop, scrollLeft } = place;
    return (now = place) => {
      for (const details of open.map((seek) => seek(now)).filter(Boolean)) {
        details.open = true;
      }
      Object.assign(now, { scrollTop, scrollLeft });
      const again = focused && focused(now);
      if (again) {
        again.focus({ preventScroll: true });
      }
      return !held || Boolean(again);
    };
  };

  /** Put a component in the place of the element with its id, unless they are alike. */
  remit.replace = (component) => {
    const [made, old] = [element(component), document.getElementById(component.props.id)];
    const [one, other] = [made, old].map((each) => {
      const bare = each.cloneNode(true);
      bare.querySelectorAll("[aria-pressed]").forEach((button) => {
        button.removeAttribute("aria-pressed"); // as the state has it
      });
      return bare;
    });
    if (!one.isEqualNode(other)) {
      const giveBack = remit.keeping(old);
      old.replaceChildren(...made.childNodes);
      for (const { name, value } of made.attributes) {
        old.setAttribute(name, value);
      }
      giveBack();
    }
  };

  /** Fill an element, given by its id, with components. */
  remit.fill = (id, components) => {
    document.getElementById(id).replaceChildren(...nodes(components));
  };
})();
