/** `feature, feat ,, Feature` -> two words: trimmed, empty ones and repetitions left out, the first spelling kept. */
export function readWordList(text: string): readonly string[] {
  const words = new Map<string, string>()
  for (const part of text.split(',')) {
    const word = part.trim()
    if (word !== '' && !words.has(word.toLowerCase())) words.set(word.toLowerCase(), word)
  }
  return [...words.values()]
}

export function writeWordList(words: readonly string[]): string {
  return words.join(', ')
}
