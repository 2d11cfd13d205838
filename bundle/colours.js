/* What plotly.js uses of culori, whose CommonJS file has all of it. */

import "culori/css";

export { converter, formatHex, formatRgb, wcagContrast, wcagLuminance } from "culori/fn";
