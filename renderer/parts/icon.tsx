import type { ReactNode } from 'react'

/** Drawn on a 16-pixel grid with a 1.4-pixel line; colour comes from the text around. */
const DRAWINGS = {
  wall: (
    <>
      <rect x="2" y="2.5" width="12" height="11" rx="1.5" />
      <path d="M4.5 10.5 7 7.5l2 1.8 2.8-3.8" />
    </>
  ),
  metrics: (
    <>
      <path d="M2.5 2.5v11h11" />
      <path d="M5.5 11V8.5M8.5 11V5.5M11.5 11V7" />
    </>
  ),
  data: (
    <>
      <ellipse cx="8" cy="4" rx="5.2" ry="2" />
      <path d="M2.8 4v8c0 1.1 2.3 2 5.2 2s5.2-.9 5.2-2V4M2.8 8c0 1.1 2.3 2 5.2 2s5.2-.9 5.2-2" />
    </>
  ),
  okrs: (
    <>
      <circle cx="8" cy="8" r="5.8" />
      <circle cx="8" cy="8" r="2.6" />
      <circle cx="8" cy="8" r=".4" />
    </>
  ),
  plan: (
    <>
      <rect x="2" y="2.5" width="12" height="11" rx="1.5" />
      <path d="M2 6.2h12M2 9.8h12M6.2 6.2v7.3M10 6.2v7.3" />
    </>
  ),
  scenarios: (
    <>
      <path d="M2.2 12.8c3.2-.2 4-1.6 5.4-4.4C9 5.6 10.2 3.5 13.6 3.2M7.6 8.4c1.6 2.4 3 3.2 6 3.4" />
      <path d="M7.6 8.4h6" strokeDasharray="1.6 1.6" />
    </>
  ),
  brief: (
    <>
      <path d="M3.5 2.2h6l3 3v8.6h-9z" />
      <path d="M9.3 2.2v3.2h3.2M5.6 8h4.8M5.6 10.6h4.8" />
    </>
  ),
  settings: (
    <>
      <path d="M2.5 4.5h6M12 4.5h1.5M2.5 11.5H4M7.5 11.5h6" />
      <circle cx="10.2" cy="4.5" r="1.7" />
      <circle cx="5.8" cy="11.5" r="1.7" />
    </>
  ),
  undo: <path d="M5.5 3 2.5 6l3 3M2.7 6h6.3a4 4 0 0 1 0 8H6.5" />,
  redo: <path d="m10.5 3 3 3-3 3M13.3 6H7a4 4 0 0 0 0 8h2.5" />,
  filter: <path d="M2.5 3.5h11M4.5 8h7M6.5 12.5h3" />,
  history: (
    <>
      <path d="M2.6 8a5.6 5.6 0 1 0 1.7-4L2.5 5.6M2.5 2.6v3h3" />
      <path d="M8 5v3.2l2.2 1.4" />
    </>
  ),
  search: (
    <>
      <circle cx="7" cy="7" r="4.3" />
      <path d="m10.2 10.2 3.6 3.6" />
    </>
  ),
  sun: (
    <>
      <circle cx="8" cy="8" r="2.8" />
      <path d="M8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9" />
    </>
  ),
  moon: <path d="M13.3 9.6A5.8 5.8 0 0 1 6.4 2.7a5.8 5.8 0 1 0 6.9 6.9z" />,
  screen: (
    <>
      <rect x="1.8" y="2.8" width="12.4" height="8.4" rx="1.4" />
      <path d="M5.5 13.7h5" />
    </>
  ),
  check: <path d="m3 8.5 3.2 3.2L13 4.8" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  plus: <path d="M8 3v10M3 8h10" />,
  'chevron-down': <path d="m4.5 6.5 3.5 3.5 3.5-3.5" />,
  'chevron-right': <path d="m6.5 4.5 3.5 3.5-3.5 3.5" />,
  'chevron-left': <path d="M9.5 4.5 6 8l3.5 3.5" />,
  'arrow-up': <path d="M8 13V3.5M4 7l4-4 4 4" />,
  'arrow-down': <path d="M8 3v9.5M4 9l4 4 4-4" />,
  'arrow-right': <path d="M3 8h9.5M9 4l4 4-4 4" />,
  minus: <path d="M3.5 8h9" />,
  import: <path d="M8 2v7.5M4.8 6.5 8 9.7l3.2-3.2M2.5 10.5v2.3c0 .4.3.7.7.7h9.6c.4 0 .7-.3.7-.7v-2.3" />,
  export: <path d="M8 10V2.5M4.8 5.5 8 2.3l3.2 3.2M2.5 10.5v2.3c0 .4.3.7.7.7h9.6c.4 0 .7-.3.7-.7v-2.3" />,
  folder: <path d="M1.8 4.2c0-.6.4-1 1-1h3.4l1.6 1.7h5.4c.6 0 1 .4 1 1v6c0 .6-.4 1-1 1H2.8c-.6 0-1-.4-1-1z" />,
  file: <path d="M3.5 2.2h6l3 3v8.6h-9zM9.3 2.2v3.2h3.2" />,
  trash: <path d="M2.8 4.3h10.4M6.3 4.2V2.6h3.4v1.6M4.2 4.3l.6 9.2h6.4l.6-9.2M6.7 6.8v4.2M9.3 6.8v4.2" />,
  edit: <path d="m3 13 .6-2.8 7.2-7.2a1.2 1.2 0 0 1 1.7 0l.5.5a1.2 1.2 0 0 1 0 1.7L5.8 12.4z" />,
  info: (
    <>
      <circle cx="8" cy="8" r="5.8" />
      <path d="M8 7.4v3.4M8 5.2v.1" />
    </>
  ),
  warning: <path d="M8 2.4 14.3 13.3H1.7zM8 6.6v3.2M8 11.5v.1" />,
  more: <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth="2.2" />,
  play: <path d="M4.5 3v10l8-5z" />,
  link: (
    <path d="M6.7 9.3a2.6 2.6 0 0 0 3.7 0l2.2-2.2a2.6 2.6 0 0 0-3.7-3.7l-.9.9M9.3 6.7a2.6 2.6 0 0 0-3.7 0L3.4 8.9a2.6 2.6 0 0 0 3.7 3.7l.9-.9" />
  ),
  print: (
    <path d="M4.5 6V2.3h7V6M4.5 11.5H2.8a.7.7 0 0 1-.7-.7V6.7c0-.4.3-.7.7-.7h10.4c.4 0 .7.3.7.7v4.1c0 .4-.3.7-.7.7h-1.7M4.5 9.5h7v4.2h-7z" />
  ),
  target: (
    <>
      <circle cx="8" cy="8" r="5.8" />
      <path d="M8 2.2V5M8 11v2.8M2.2 8H5M11 8h2.8" />
    </>
  ),
  sample: <path d="M6.2 2.2h3.6M7 2.2v4L3.2 12.5c-.4.7 0 1.3.8 1.3h8c.8 0 1.2-.6.8-1.3L9 6.2v-4M5 10.2h6" />,
  shield: <path d="M8 1.9 3 3.8v4c0 3 2 5.2 5 6.3 3-1.1 5-3.3 5-6.3v-4z" />,
} as const satisfies Record<string, ReactNode>

export type IconName = keyof typeof DRAWINGS

/** Decoration only: the words are beside it or on its button. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {DRAWINGS[name]}
    </svg>
  )
}

/** The mark of the product: a wheel over a deck line. */
export function Mark({ size = 22 }: { readonly size?: number }) {
  return (
    <svg
      className="mark"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      aria-hidden="true"
      focusable="false"
    >
      <rect width="24" height="24" rx="6" fill="var(--accent)" />
      <g stroke="var(--accent-fg)" strokeWidth="1.7" strokeLinecap="round">
        <circle cx="12" cy="12" r="4.6" />
        <path d="M12 4.6v14.8M4.6 12h14.8" />
      </g>
      <circle cx="12" cy="12" r="1.5" fill="var(--accent-fg)" />
    </svg>
  )
}
