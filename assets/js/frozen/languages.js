/* The language of a frozen page: there is a page for each. */

/** Show the page in the language of the address, if it is another one.
 * @param {(address: string, language: string) => unknown} show - shows the page at an address
 * @returns {Promise<void>} */
export async function showLanguage(show) {
  const language = new URLSearchParams(window.location.search).get("lang");
  const link = /** @type {?HTMLAnchorElement} */ (
    document.querySelector(`.languages a[lang="${CSS.escape(language || "")}"]`)
  );
  if (link && language !== document.documentElement.lang) {
    const address = new URL(link.href);
    address.search = window.location.search;
    await show(address.href, String(language));
  }
}
