/* The page's own words in its language, for what scripts say (see components/words). */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const language = document.documentElement.lang;
  const messages = JSON.parse(document.getElementById("words").textContent);
  const plural = new Intl.PluralRules(language);
  const number = new Intl.NumberFormat(language);

  /** Return a message with its values filled in; `count` chooses its plural form. */
  remit.say = (key, values = {}) => {
    const message = messages[key];
    const text =
      typeof message === "string" ? message : message[plural.select(values.count)] || message.other;
    return text.replace(/\{(.*?)\}/g, (_, name) =>
      typeof values[name] === "number" ? number.format(values[name]) : values[name],
    );
  };

  /** What addresses of this server carry, so that they answer in the page's language. */
  remit.language = language;

  /** Mark an element whose text is data, where that has another language than the page. */
  remit.ofData = (element) => {
    const { language: ofData } = document.documentElement.dataset;
    if (ofData) {
      element.lang = ofData;
      element.dir = "auto";
    }
    return element;
  };

  /** Let the links to the other languages show what is seen. */
  function follow(state) {
    const kept = remit.embed.parameters.filter(([key]) => key !== "lang");
    for (const link of document.querySelectorAll(".languages a")) {
      const said = [...remit.state.parameters(state), ...kept, ["lang", link.lang]];
      link.setAttribute("href", `?${new URLSearchParams(said)}`);
    }
  }

  (remit.followers = remit.followers || []).push(follow);
})();
