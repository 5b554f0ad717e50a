/**
 * What spreadsheets may take for a formula, after blanks of any kind and apostrophes (OWASP CSV injection; the full-width
 * signs too).
 */
const FORMULA_START = /^[\s\uFEFF\u200B\u00A0']*[=+\-@\t\r\n\u0000\uFF1D\uFF0B\uFF0D\uFF20]/

/**
 * Text for other programs, with an apostrophe in front where they could compute it, and one more where the text brings
 * one itself: `=1+1` is `'=1+1`, `Search` stays. Not for numbers, which would become text.
 */
export function guardFormula(text: string): string {
  return FORMULA_START.test(text) ? `'${text}` : text
}

/** The text `guardFormula` was given. An apostrophe before anything else belongs to the text. */
export function unguardFormula(text: string): string {
  return text.startsWith("'") && FORMULA_START.test(text.slice(1)) ? text.slice(1) : text
}
