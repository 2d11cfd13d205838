/* The HTML element that Dash's HTML components lack (see components/views/elements.py). */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});

  /** An uncontrolled input: React never sets its value. */
  remit.Input = ({ setProps, componentPath, ...attributes }) =>
    window.React.createElement("input", attributes);
})();
