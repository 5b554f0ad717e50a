const NAMES = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

/**
 * The column a head such as `Oct 2026`, `October`, `Oct-26`, `2026-10`, `10/2026` or `2026-10-01` means among columns of
 * months; null = none, or more than one.
 */
export function monthOfHead(
  head: string,
  columns: readonly { readonly month: string; readonly column: number }[],
): number | null {
  const read = readHead(head.trim().toLowerCase())
  if (!read) return null
  const found = columns.filter(({ month }) => {
    const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5, 7))]
    return number === read.number && (read.year === null || read.year === year)
  })
  return found.length === 1 ? found[0]!.column : null
}

function readHead(text: string): { readonly number: number; readonly year: number | null } | null {
  const iso = /^(\d{4})[-/.](\d{1,2})(?:[-/.]\d{1,2})?$/.exec(text)
  if (iso) return { number: Number(iso[2]), year: Number(iso[1]) }
  const plain = /^(\d{1,2})[-/.](\d{4})$/.exec(text)
  if (plain) return { number: Number(plain[1]), year: Number(plain[2]) }
  // From three letters on, and no other word that begins alike: Marketing is not March.
  const named = /^([a-z]{3,})\.?(?:[ '’-]+(\d{2}|\d{4}))?$/.exec(text)
  if (!named) return null
  const number = NAMES.findIndex((name) => name.startsWith(named[1]!)) + 1
  if (number === 0) return null
  const year = named[2] === undefined ? null : Number(named[2])
  return { number, year: year !== null && year < 100 ? 2000 + year : year }
}
