/** What comes together after the first visit: one file, so that what it shares stays in the first. */

import { LATER } from "../text/later.ts";
import { learn } from "../text/i18n.ts";
import styles from "./later.css?inline";

export { Beside, Coming } from "../beside/Beside.tsx";
export { bringFiles } from "../beside/bring.ts";
export { Settings } from "./Settings.tsx";
export { Summary, WorkScreen } from "../worklist/index.tsx";
export { sendFiles } from "../net/parts.ts";
export { Grid } from "../runner/Grid.tsx";
export { Upload } from "../runner/controls/upload.tsx";
export { Correct } from "./Correct.tsx";
export { Sent } from "./Sent.tsx";

learn(LATER);
// A rule of the page's own sheet: it is there when the screens are, and needs no leave of the page's policy.
document.styleSheets[0]?.insertRule(`@media all{${styles}}`, document.styleSheets[0].cssRules.length);
