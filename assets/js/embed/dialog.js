/* The embed dialog: options, a preview, and the line of HTML that embeds the page elsewhere. */

import {
  elementWith,
  embed,
  find,
  languageOfAddress,
  moment,
  on,
  onCapture,
  top,
} from "../page/context.js";
import { html } from "../page/elements.js";
import { markAsData, message } from "../page/messages.js";
import { scene } from "../page/scene.js";
import { keys, store } from "../page/store.js";
import { selectedUnit } from "../parts/panel.js";

const FEEDBACK_LASTS = 2000; // milliseconds
/** @type {?HTMLIFrameElement} */
let frame = null; // the iframe of the preview while the dialog is open
let height = 640; // until the preview posts its own

const dialog = () => /** @type {HTMLDialogElement} */ (elementWith("embed-dialog"));
/** @param {string} name */
const field = (name) => /** @type {HTMLSelectElement} */ (find(`[data-field="${name}"]`, dialog()));
const preview = () => find(".preview", dialog());
const line = () => /** @type {HTMLTextAreaElement} */ (find("textarea", dialog()));

// ---- The options -------------------------------------------------------------------------------

/** Return the units that may be the focus, as a map from unit to name; "" is the whole. */
function focusChoices() {
  const units = scene.focusable().filter(({ unit }) => unit !== top());
  return new Map([
    ["", message("whole-organization")],
    .../** @type {[string, string][]} */ (units.map(({ unit, name }) => [unit, name])),
  ]);
}

/** Fill a select element; hide it if there is nothing to choose.
 * @param {string} name - of the field
 * @param {Map<string, string>} choices - texts by value
 * @param {string} value - the initial choice */
function fillSelect(name, choices, value) {
  const options = [...choices].map(([choice, text]) => {
    const option = new Option(text, choice);
    return choice ? markAsData(option) : option;
  });
  field(name).replaceChildren(...options);
  field(name).value = value;
  const label = /** @type {HTMLElement} */ (field(name).closest("label"));
  label.hidden = choices.size < 2;
}

function open() {
  const state = store.current;
  const { unit, name } = selectedUnit();
  fillSelect("focus", focusChoices(), state.focus || "");
  const units = new Map([["", message("nothing-selected")]]);
  if (unit && name) {
    units.set(unit, name);
  }
  fillSelect("unit", units, unit || "");
  field("view").value = state.view || "";
  field("lang").value = languageOfAddress;
  dialog().showModal();
  showPreview();
}

// ---- The line of HTML --------------------------------------------------------------------------

/** Return the address of the embed: the state of the page, changed by the options. */
function embedAddress() {
  /** @param {string} name */
  const chosen = (name) => field(name).value || null;
  const parameters = keys.parameters({
    ...store.current,
    ...Object.fromEntries(["view", "focus", "unit"].map((name) => [name, chosen(name)])),
  });
  for (const [name, value] of Object.entries(moment)) {
    parameters.set(name, value);
  }
  for (const name of ["panel", "theme", "lang"]) {
    const value = chosen(name);
    if (value && value !== "auto") {
      parameters.set(name, value);
    }
  }
  return new URL(parameters.size ? `${embed}?${parameters}` : embed, window.location.href).href;
}

/** Return a script that gives a frame the height that its page posts (embed/host.js).
 * @param {string} origin - of the page in the frame */
const followingScript = (origin) =>
  '<script>addEventListener("message",({source,origin,data})=>{' +
  `if(origin==="${origin}"&&data?.remit===1&&data.type==="height")` +
  'for(const frame of document.querySelectorAll("iframe"))' +
  "if(frame.contentWindow===source)frame.height=data.height})</script>";

/** Write the iframe as HTML. The host's page needs no style for it, and a script only if the height
 * shall follow the content; the script stands before the frame, so that it misses no message. */
function updateLine() {
  const [centre] = field("focus").selectedOptions;
  const organization = find("h1").textContent || "";
  // In a detached document the iframe loads nothing, and the browser escapes its attributes.
  const element = document.implementation.createHTMLDocument("").createElement("iframe");
  const attributes = {
    src: embedAddress(),
    title: centre.value ? `${centre.text} – ${organization}` : organization,
    width: field("width").value,
    height,
    frameborder: 0,
    loading: "lazy",
    allow: "clipboard-write",
  };
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, String(value));
  }
  const follows = field("height").value === "follows";
  const script = follows ? followingScript(new URL(attributes.src).origin) : "";
  line().value = script + element.outerHTML;
}

// ---- The preview -------------------------------------------------------------------------------

/** Give the preview the chosen width; scale it down where the dialog is narrower. */
function fitPreview() {
  if (frame === null) {
    return;
  }
  const available = preview().clientWidth;
  const width = field("width").value === "100%" ? available : Number(field("width").value);
  const scale = Math.min(1, available / width);
  Object.assign(frame.style, {
    width: `${width}px`,
    height: `${height}px`,
    transform: `scale(${scale})`,
    left: `${(available - width * scale) / 2}px`,
  });
  preview().style.height = `${height * scale}px`;
  updateLine();
}

function showPreview() {
  // A new iframe each time: changing its address would add an entry to the page's history.
  frame = html("iframe", { title: message("preview"), src: embedAddress() });
  preview().replaceChildren(frame);
  fitPreview();
}

/** Copy the line to the clipboard, and report the outcome on the button.
 * @param {HTMLElement} button */
async function copy(button) {
  line().select(); // where scripts may not copy, the reader can with the keyboard
  try {
    await window.navigator.clipboard.writeText(line().value);
    button.textContent = message("line-copied");
  } catch {
    button.textContent = message("press-to-copy", { keys: "Ctrl+C" });
  }
  window.setTimeout(() => {
    button.textContent = message("copy-line");
  }, FEEDBACK_LASTS);
}

export function listen() {
  /** @type {Record<string, (button: HTMLElement) => unknown>} */
  const commands = { embed: open, "copy-embed": copy, "close-embed": () => dialog().close() };
  for (const [action, command] of Object.entries(commands)) {
    on("click", `[data-action="${action}"]`, (button, event) => {
      event.preventDefault(); // toolbar.js takes other buttons for keys of the state
      command(button);
    });
  }

  on("change", "#embed-dialog", (_, { target }) => {
    const changesFrame = target === field("width") || target === field("height");
    (changesFrame ? fitPreview : showPreview)();
  });

  window.addEventListener("resize", fitPreview);

  window.addEventListener("message", ({ source, data }) => {
    if (frame && source === frame.contentWindow && data && Number.isInteger(data.height)) {
      height = data.height;
      fitPreview();
    }
  });

  onCapture("close", "#embed-dialog", () => {
    preview().replaceChildren();
    frame = null;
  });
}
