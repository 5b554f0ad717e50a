/** Whether a text is what a rule says, letter case aside; `*` stands for any letters; an empty rule fits nothing. */
export function textFits(rule: string): (text: string) => boolean {
  const wanted = rule.trim().toLowerCase()
  if (wanted === '') return () => false
  if (!wanted.includes('*')) return (text) => text.toLowerCase() === wanted
  const pieces = wanted.split('*').map((piece) => piece.replaceAll(/[\\^$.|+()[\]{}?]/g, '\\$&'))
  const regex = new RegExp(`^${pieces.join('.*')}$`, 's')
  return (text) => regex.test(text.toLowerCase())
}
