/* The messages of the scripts, in the language of the page (see components/words). */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const language = document.documentElement.lang;
  const messages = JSON.parse(document.getElementById("words").textContent);
  const pluralRules = new Intl.PluralRules(language);
  const numberFormat = new Intl.NumberFormat(language);

  /**
   * Return a message with its values filled in.
   * @param {string} key - in the catalogue
   * @param {Object<string, string|number>} values - `count` chooses the plural form
   * @returns {string}
   */
  remit.message = (key, values = {}) => {
    const entry = messages[key];
    const template =
      typeof entry === "string" ? entry : entry[pluralRules.select(values.count)] || entry.other;
    return template.replace(/\{(.*?)\}/g, (_, name) =>
      typeof values[name] === "number" ? numberFormat.format(values[name]) : values[name],
    );
  };

  /** The language of the page; requests name it, so that answers have the same. */
  remit.language = language;

  /** Give an element that contains data the language of the data, if the page has another one. */
  remit.markAsData = (element) => {
    const { language: dataLanguage } = document.documentElement.dataset;
    if (dataLanguage) {
      element.lang = dataLanguage;
      element.dir = "auto";
    }
    return element;
  };

  /** Let the links to other languages lead to the current state. */
  function follow(state) {
    const extra = remit.embed.extraParameters.filter(([key]) => key !== "lang");
    for (const link of document.querySelectorAll(".languages a")) {
      const parameters = [...remit.state.toParameters(state), ...extra, ["lang", link.lang]];
      link.setAttribute("href", `?${new URLSearchParams(parameters)}`);
    }
  }

  (remit.followers = remit.followers || []).push(follow);
})();
