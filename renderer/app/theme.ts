import { setOwnName, setTheme } from '../commands/index.ts'
import { type Theme, useScreen } from '../stores/screen.ts'

const KEY = 'quarterdeck.theme'
const darkWanted = matchMedia('(prefers-color-scheme: dark)')

/** Takes up the theme of last time and keeps <html data-theme> true to the choice from then on. */
export function followTheme(): void {
  const remembered = readPreference(KEY)
  if (remembered === 'light' || remembered === 'dark' || remembered === 'system') setTheme(remembered)
  apply(useScreen.getState().theme)
  useScreen.subscribe((now, before) => {
    if (now.theme === before.theme) return
    writePreference(KEY, now.theme)
    apply(now.theme)
  })
  darkWanted.addEventListener('change', () => apply(useScreen.getState().theme))
}

const NAME_KEY = 'quarterdeck.name'

/** Takes up the name of last time and keeps it for the next. */
export function followOwnName(): void {
  setOwnName(readPreference(NAME_KEY) ?? '')
  useScreen.subscribe((now, before) => {
    if (now.ownName !== before.ownName) writePreference(NAME_KEY, now.ownName)
  })
}

function apply(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme === 'system' ? (darkWanted.matches ? 'dark' : 'light') : theme
}

/** Preferences of this screen only, never anything of a workbook; a browser that forbids storage just forgets them. */
export function readPreference(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

export function writePreference(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // Nothing is lost but a preference.
  }
}
