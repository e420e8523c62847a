/** Line icons, drawn here so that nothing is fetched. All are decoration: buttons carry names. */

import type { JSX } from "preact";

const PATHS = {
  back: "M15 5l-7 7 7 7",
  forward: "M9 5l7 7-7 7",
  close: "M6 6l12 12M18 6L6 18",
  check: "M5 12.5l4.5 4.5L19 7.5",
  plus: "M12 5v14M5 12h14",
  trash: "M5 7h14M10 7V5h4v2M7 7l1 12h8l1-12M10.5 11v5M13.5 11v5",
  form: "M7 3h7l4 4v14H7zM14 3v4h4M10 12h5M10 16h5",
  sent: "M4 12l16-8-6 16-3-7zM11 13l9-9",
  settings: "M5 7h9M18 7h1M5 17h1M10 17h9M14 7a2 2 0 1 0 4 0 2 2 0 1 0-4 0M6 17a2 2 0 1 0 4 0 2 2 0 1 0-4 0",
  alert: "M12 4L2.8 20h18.4zM12 10v4.5M12 17.2v.3",
  wait: "M12 7v5l3.5 2M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 1 0 0-17",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 1 0 0 8M4.5 20.5c.8-4 3.700-6 7.500-6s6.700 2 7.500 6",
  language: "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 1 0 0-17M3.500 12h17M12 3.500c5 5.600 5 11.400 0 17M12 3.500c-5 5.600-5 11.400 0 17",
} as const;

export function Icon({ name }: { readonly name: keyof typeof PATHS }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}
