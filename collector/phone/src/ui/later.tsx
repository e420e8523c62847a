/** Screens that an interview does not need: their code comes when they are first shown. */

import type { FunctionComponent, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../text/i18n.ts";
import { Waiting } from "./plain.tsx";

/**
 * A component whose code is fetched at its first use; offline too, once the service worker has it. A part
 * of a screen says in its own way (`notYet`) that it is not there.
 */
export function later<P extends object>(load: () => Promise<FunctionComponent<P>>, notYet?: () => JSX.Element): FunctionComponent<P> {
  let loaded: FunctionComponent<P> | undefined;
  return function Later(props: P): JSX.Element {
    const [, setHere] = useState(loaded !== undefined);
    const [missing, setMissing] = useState(false);
    useEffect(() => {
      if (loaded) return;
      load().then((component) => (setHere(true), (loaded = component)), () => setMissing(true));
    }, []);
    const Screen = loaded;
    if (Screen) return <Screen {...props} />;
    if (notYet) return notYet();
    return missing ? <Missing /> : <Waiting />;
  };
}

/** Only where the network went away during the first visit. */
function Missing(): JSX.Element {
  return (
    <div class="empty" role="alert">
      <p>{t("notFetched")}</p>
      <button type="button" class="button" onClick={() => location.reload()}>
        {t("tryAgain")}
      </button>
    </div>
  );
}
