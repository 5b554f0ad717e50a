/** A file name for any system: letters, digits, spaces and dashes of `title`, never a path, never a reserved name. */
export function fileNameOf(title: string, ending: string): string {
  const words = title
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N} _-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 25)
    .trim()
  const isReserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(words)
  return `${words === '' || isReserved ? `Quarterdeck ${words}`.trim() : words}.${ending}`
}
