/** Getting away at once: the page is replaced by the weather, so that Back does not lead here. */

const ESC_MS = 1500;

let known = ""; // read while the page still has it: leaving empties the page, and may come twice

export function leaveUrl(): string {
  const url = document.getElementById("app")?.dataset["leave"] ?? "";
  known ||= /^(https?:|\/)/.test(url) ? url : "";
  return known || "/";
}

/** Wipe what is remembered and on the screen, then go. */
export function leave(forget: () => void): void {
  const url = leaveUrl(); // read before the page that says it is wiped
  forget();
  document.body.textContent = "";
  location.replace(url);
}

/** Esc twice leaves; a page that comes back from the browser's memory leaves too. */
export function watchExits(forget: () => void): () => void {
  let last = -ESC_MS;
  let going = false;
  const key = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.preventDefault(); // the browser's own Esc stops what is loading: the way out
    if (going) return; // a third would begin the way anew
    going = event.timeStamp - last < ESC_MS;
    if (going) leave(forget);
    last = event.timeStamp;
  };
  const hide = (): void => forget();
  const show = (event: PageTransitionEvent): void => {
    going = false;
    if (event.persisted) leave(forget);
  };
  addEventListener("keydown", key, true);
  addEventListener("pagehide", hide);
  addEventListener("pageshow", show);
  return () => {
    removeEventListener("keydown", key, true);
    removeEventListener("pagehide", hide);
    removeEventListener("pageshow", show);
  };
}
