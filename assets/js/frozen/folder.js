/* The first module of a page in a frozen folder: answers come from the packs beside it. */

import { answerFrom } from "./fetching.js";
import { showLanguage } from "./languages.js";

const { fetch } = window;

answerFrom((name) => fetch(`packs/${name}.pack`));
showLanguage((link) => window.location.replace(link));
