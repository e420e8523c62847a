/** What comes together after the first visit: one file, so that what it shares stays in the first. */

import { LATER } from "../text/later.ts";
import { learn } from "../text/i18n.ts";

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
