/* Dash's HTML components, as a fragment holds them, become elements of the document.
 *
 * Dash itself takes some 1 ms an element, 400 ms for a long panel; made here it is there in the
 * next frame. Text stays text: nothing is parsed as markup. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
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

  /** Fill an element, given by its id, with components. */
  remit.fill = (id, components) => {
    document.getElementById(id).replaceChildren(...nodes(components));
  };
})();
