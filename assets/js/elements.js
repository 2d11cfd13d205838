/* The element of HTML that Dash's HTML components leave out (see components/views/elements.py). */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});

  /** An input that is its own master: its text is never set by what draws the page. */
  remit.Input = ({ setProps, componentPath, ...attributes }) =>
    window.React.createElement("input", attributes);
})();
