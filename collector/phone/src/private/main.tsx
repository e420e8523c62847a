/** Starts the private page. The code leaves the address bar before anything is drawn. */

import { render } from "preact";
import { App } from "./App.tsx";
import "./style.css";

const code = decodeURIComponent(location.hash.slice(1));
history.replaceState(null, "", location.pathname);
addEventListener("hashchange", () => location.reload()); // another slip, opened over this page
render(<App code={code} />, document.getElementById("app")!);
