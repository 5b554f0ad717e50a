/** What a list of ours makes of a word of a file; `null` = it is not in the list, as `constructor` is in none. */
export function meantBy<T>(words: Readonly<Record<string, T>>, said: string | null): T | null {
  return said !== null && Object.hasOwn(words, said) ? words[said]! : null
}
