/** The browser's offer to put the app on the home screen, kept until the person asks for it. */

interface InstallEvent extends Event {
  prompt(): Promise<unknown>;
}

let offer: InstallEvent | undefined;

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer = event as InstallEvent;
});

export function canInstall(): boolean {
  return offer !== undefined;
}

export async function install(): Promise<void> {
  await offer?.prompt();
  offer = undefined;
}
