/* Messages in the language of the page, with their values filled in (see components/words). */

/** @typedef {Record<string, string|number|undefined>} Values `count` chooses the plural form */

/** Return a function that fills in a message.
 * @param {Record<string, string|Record<string, string>>} entries - a text, or one a plural form
 * @param {string} language
 * @returns {(key: string, values?: Values) => string} */
export function messagesIn(entries, language) {
  const pluralRules = new Intl.PluralRules(language);
  const numberFormat = new Intl.NumberFormat(language);
  return (key, values = {}) => {
    const entry = entries[key];
    const template =
      typeof entry === "string"
        ? entry
        : entry[pluralRules.select(Number(values.count))] || entry.other;
    return template.replace(/\{(.*?)\}/g, (_, name) => {
      const value = values[name];
      return typeof value === "number" ? numberFormat.format(value) : String(value);
    });
  };
}
