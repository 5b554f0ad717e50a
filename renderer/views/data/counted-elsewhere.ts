import { namePeriod } from '../../../shared/calendar/index.ts'
import type { ImportRecord } from '../../../shared/importers/index.ts'

/** Days of an import that count from another file while that one is there: `1 to 30 Apr 2026 counts from later.csv`. */
export function countedElsewhere(record: ImportRecord, imports: readonly ImportRecord[]): readonly string[] {
  const own = (record.overlaps ?? []).flatMap(({ with: id, counts, from, to, account }) => {
    const other = imports.find((one) => one.id === id)
    return other && counts === 'that' ? [tell(from, to, account, other)] : []
  })
  const others = imports.flatMap((other) =>
    (other.overlaps ?? []).flatMap(({ with: id, counts, from, to, account }) =>
      id === record.id && counts === 'this' ? [tell(from, to, account, other)] : [],
    ),
  )
  return [...new Set([...own, ...others])]
}

function tell(from: string, to: string, account: string | null, { fileName }: ImportRecord): string {
  return `${namePeriod(from, to)}${account === null ? '' : ` of account ${account}`} counts from ${fileName}.`
}
