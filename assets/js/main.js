/* The entry: what follows the state and listens to the reader, each list in its order. */

import * as network from "./diagrams/network.js";
import * as pictures from "./diagrams/pictures.js";
import { onLiving } from "./diagrams/stage.js";
import * as sunburst from "./diagrams/sunburst.js";
import * as embedDialog from "./embed/dialog.js";
import * as gestures from "./embed/gestures.js";
import * as host from "./embed/host.js";
import { isEmbedded, root, setMoment } from "./page/context.js";
import { defineCallbacks, onScriptFailure, startDash, writeToDash } from "./page/dash.js";
import { fragments } from "./page/fragments.js";
import * as highlight from "./page/highlight.js";
import * as history from "./page/history.js";
import { afterPaint } from "./page/painting.js";
import * as room from "./page/room.js";
import { scene, sceneLoader } from "./page/scene.js";
import { dispatch, followWidth, stateOf, store, writeDataAttributes } from "./page/store.js";
import * as theme from "./page/theme.js";
import * as tooltip from "./page/tooltip.js";
import * as changes from "./parts/changes.js";
import * as connection from "./parts/connection.js";
import * as downloads from "./parts/downloads.js";
import * as encoding from "./parts/encoding.js";
import * as filters from "./parts/filters.js";
import * as following from "./parts/following.js";
import * as keys from "./parts/keys.js";
import * as lines from "./parts/lines.js";
import * as matrix from "./parts/matrix.js";
import * as menus from "./parts/menus.js";
import * as moment from "./parts/moment.js";
import * as outline from "./parts/outline.js";
import * as panel from "./parts/panel.js";
import * as print from "./parts/print.js";
import * as problems from "./parts/problems.js";
import * as regions from "./parts/regions.js";
import * as search from "./parts/search.js";
import * as sheet from "./parts/sheet.js";
import * as toolbar from "./parts/toolbar.js";
import * as walk from "./parts/walk.js";
import { momentOf } from "./state/address.js";

/** What happens when the scene of the focus is there: the highlight takes over its keys before the
 * network is drawn with them; the cursor and the selection are then brought into view. */
const SCENE_FOLLOWERS = [
  highlight.followScene,
  network.followScene,
  walk.followScene,
  panel.revealInDiagrams,
  pictures.followScene,
];

/** Who follows the state. */
const FOLLOWERS = [
  history.follow,
  writeDataAttributes,
  room.follow,
  panel.follow,
  connection.follow,
  ...(isEmbedded ? [host.follow] : [search.follow]),
  moment.follow,
  downloads.follow,
  filters.follow,
  encoding.follow,
  highlight.followState,
  matrix.follow,
  changes.follow,
  sceneLoader(SCENE_FOLLOWERS),
  outline.followBreadcrumb,
  outline.follow,
  outline.followRelations,
  problems.follow,
  sheet.follow,
  toolbar.follow,
  walk.follow,
  () => afterPaint(() => writeToDash(store.current)),
];

/** Who shows a selection in the next frame; the others follow after it. */
const PROMPT = [panel.follow, highlight.showSelection, sheet.follow];

/** Who listens to the reader. The toolbar takes what no other part has handled. */
const LISTENERS = [
  history,
  changes,
  connection,
  moment,
  ...(isEmbedded ? [host, gestures] : [search, embedDialog]),
  downloads,
  encoding,
  filters,
  lines,
  matrix,
  menus,
  outline,
  print,
  regions,
  room,
  sheet,
  sunburst,
  toolbar,
  tooltip,
  walk,
  keys,
];

highlight.showHighlightIn({
  marks: [pictures.markSelected, sunburst.markSelected],
  fast: [pictures.showHighlight, sunburst.showHighlight],
  slow: [network.showHighlight],
});
onLiving(walk.enable);
// A frozen page takes the moment from its address, maybe after the theme's script has read it here.
setMoment(momentOf(root.dataset));
store.start(stateOf(window.location.search), FOLLOWERS, PROMPT);
for (const part of LISTENERS) {
  part.listen();
}
followWidth();
theme.onSystemTheme((name) => dispatch({ type: "theme", theme: name }));
following.start();
root.dataset.answers = "true";
if (!isEmbedded && store.current.q === null) {
  search.takeTyped();
}

defineCallbacks({ state: () => store.current, figure: sunburst.figure });
network.start(panel.showReference);
onScriptFailure(() => {
  root.dataset.stage = "failed";
  pictures.followScene();
});
startDash();

/** For tests and benchmarks, which cannot import modules of a bundle. */
export { fragments, scene, store, theme };
