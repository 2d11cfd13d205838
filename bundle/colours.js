/* What plotly.js uses of culori, whose CommonJS file has all of it. The colours of figures are in hex
 * or rgb; plotly.js computes with hsl and, for contrasts, with linear rgb. */

import { modeHsl, modeLrgb, modeRgb, useMode } from "culori/fn";

for (const mode of [modeRgb, modeHsl, modeLrgb]) {
  useMode(mode);
}

export { converter, formatHex, formatRgb, wcagContrast, wcagLuminance } from "culori/fn";
