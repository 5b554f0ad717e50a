import { namePeriod } from '../../../shared/calendar/index.ts'
import type { ImportRecord, InPlace, UsageTotals } from '../../../shared/importers/index.ts'
import { countedNow } from '../../commands/index.ts'
import { Icon, Table, TableHead, formatCount } from '../../parts/index.ts'
import type { ImportJob } from '../../stores/jobs.ts'
import { useWorkbook } from '../../stores/workbook.ts'
import { useImportNames } from './import-names.ts'
import { MainCost } from './main-cost.tsx'
import { useAnswer } from './use-answer.ts'

/** One line: what counts of some days now, and what will count once this file is imported. */
interface Exchange {
  readonly key: string
  readonly file: string
  readonly days: string
  readonly now: Side | null
  readonly then: Side
}

interface Side {
  readonly rows: number
  readonly totals: UsageTotals
}

/** Said before anything is taken over: which rows of which earlier import give way, and what that does to the money. */
export function InPlaceNote({ job, record }: { readonly job: ImportJob; readonly record: ImportRecord }) {
  const imports = useWorkbook((workbook) => workbook.imports)
  const namesOf = useImportNames()
  const inPlace = job.state.kind === 'staged' ? (job.state.inPlace ?? []) : []
  const counted = useAnswer(() => countedNow(inPlace), [inPlace])
  const former = imports.find(({ id }) => id === job.replaces)
  const lines = [
    ...(former ? [wholeOf(former, record)] : []),
    ...inPlace.map((one, at): Exchange => {
      const counts = record.overlaps?.find((overlap) => overlap.with === one.of && overlap.counts !== 'both')?.counts
      const now = counted?.[at] ?? null
      return {
        key: one.of,
        file: namesOf(one.of).fileName,
        days: daysOf(one.windows),
        now,
        // Where the other file is the later statement, nothing changes for it.
        then: counts === 'that' && now !== null ? now : one.own,
      }
    }),
  ]
  if (lines.length === 0) return null
  return (
    <div className="in-place">
      <p className="row">
        <Icon name="info" />
        Importing this changes what counts of files you have; nothing is deleted, and taking it back undoes it.
      </p>
      <Table label="What this file counts in place of">
        <TableHead
          columns={[
            'Earlier file',
            'Days',
            { name: 'Rows that count now', isNumber: true },
            { name: 'Cost now', isNumber: true },
            { name: 'Rows then', isNumber: true },
            { name: 'Cost then', isNumber: true },
          ]}
        />
        <tbody>
          {lines.map(({ key, file, days, now, then }) => (
            <tr key={key}>
              <th scope="row">{file}</th>
              <td className="nowrap dim">{days}</td>
              <SideCells side={now} />
              <SideCells side={then} />
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  )
}

function SideCells({ side }: { readonly side: Side | null }) {
  return (
    <>
      <td className="number">{side === null ? '…' : formatCount(side.rows)}</td>
      <td className="number">{side === null ? '…' : <MainCost totals={side.totals} />}</td>
    </>
  )
}

/** The same file, read again. */
function wholeOf(former: ImportRecord, record: ImportRecord): Exchange {
  const side = ({ counts, totals }: ImportRecord): Side => ({
    rows: counts.rows - counts.keptAside - counts.blank,
    totals,
  })
  return {
    key: former.id,
    file: `${former.fileName}, as it was read before`,
    days: former.period ? namePeriod(former.period.from, former.period.to) : 'no dates',
    now: side(former),
    then: side(record),
  }
}

function daysOf(windows: InPlace['windows']): string {
  const [from, to] = [
    windows.map((one) => one.from).sort()[0],
    windows
      .map((one) => one.to)
      .sort()
      .at(-1),
  ]
  return from === undefined || to === undefined ? '' : namePeriod(from, to)
}
