import type { LinkLevel, Period, WasteTold } from '../../shared/metrics/index.ts'
import { Table, formatCount, formatUnits } from '../parts/index.ts'
import { LEVEL_WORDS } from './metric-words.ts'
import { RowTable } from './behind-rows.tsx'
import { LossRows } from './loss-rows.tsx'

/** Where tokens bought nothing that lasted, each with its rows and its money. */
export function WasteTable({
  waste,
  period,
  currency,
}: {
  readonly waste: WasteTold
  readonly period: Period
  readonly currency: string
}) {
  const money = (amount: number) => formatUnits(amount, '$', currency)
  const { byLevel, total } = waste
  const close = byLevel.id + byLevel['person-day']
  const shareOf = (amount: number, whole: number) =>
    whole === 0 ? '–' : formatUnits(amount / whole, 'share', currency)
  return (
    <>
      <Table label="Where the tokens went to waste">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col" className="number">
              Count
            </th>
            <th scope="col" className="number">
              Cost
            </th>
            <th scope="col" className="number">
              Share
            </th>
            <th scope="col">Linked</th>
          </tr>
        </thead>
        <tbody>
          {waste.lines.map(({ name, what, count, amount, level, untold }) => (
            <tr key={name}>
              <th scope="row">
                {name} <span className="faint">{what}</span>
              </th>
              <td className="number">{untold === undefined ? formatCount(count) : '–'}</td>
              <td className="number">{amount === null ? <span className="faint">unknown</span> : money(amount)}</td>
              <td className="number dim">
                {amount === null ? '–' : level !== null ? shareOf(amount, close) : shareOf(amount, total)}
              </td>
              <td className="waste-link dim">{untold ?? tellLink(level, amount, what)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="small dim behind-note">
        Of {money(total)}: {tellLevels(byLevel, money)}. What is only spread over a week is never called waste of a
        change.
      </p>
      {waste.lines.map(
        ({ name, count, rows }) =>
          rows.length > 0 && (
            <details key={name} className="behind-rows">
              <summary>
                {name}: {formatCount(rows.length)}
                {rows.length < count && ` dearest of ${formatCount(count)}`} {count === 1 ? 'row' : 'rows'}
              </summary>
              <RowTable label={name} rows={rows} currency={currency} columns={[]} />
            </details>
          ),
      )}
      {waste.lines.map(
        ({ name, usage }) =>
          usage && <LossRows key={name} name={name} period={period} loss={usage} currency={currency} />,
      )}
      <Repeats waste={waste} currency={currency} />
    </>
  )
}

/** The same failure paid for N times, place by place: what fixing it once would have saved. */
function Repeats({ waste: { repeats }, currency }: { readonly waste: WasteTold; readonly currency: string }) {
  if (repeats.length === 0) return null
  const money = (amount: number | null) =>
    amount === null ? <span className="faint">unknown</span> : formatUnits(amount, '$', currency)
  return (
    <section className="repeats" aria-label="The same failure, place by place">
      <h3>The same failure, place by place</h3>
      <p className="small dim">
        Closed unmerged, reverted or rewritten within 72 h, again for the same issue or in the same file. What later
        tries cost is what fixing the cause once may cost.
      </p>
      <ul className="repeats-list">
        {repeats.map(({ place, times, first, repeated, rows }) => (
          <li key={place}>
            <details className="behind-rows">
              <summary>
                <span className="repeats-place" title={place}>
                  {place}
                </span>
                <span className="number dim">paid {formatCount(times)} times</span>
                <span className="number dim">first {money(first)}</span>
                <span className="number">again {money(repeated)}</span>
              </summary>
              <RowTable label={`Failures: ${place}`} rows={rows} currency={currency} columns={[]} />
            </details>
          </li>
        ))}
      </ul>
    </section>
  )
}

const LEVELS = ['id', 'person-day', 'team-week', 'none'] as const

/** Where the money went, in levels that hold any. */
function tellLevels(byLevel: WasteTold['byLevel'], money: (amount: number) => string): string {
  return LEVELS.filter((level) => byLevel[level] > 0)
    .map((level) => `${money(byLevel[level])} ${level === 'none' ? 'linked to nothing' : LEVEL_WORDS[level]}`)
    .join(', ')
}

function tellLink(level: LinkLevel | null, amount: number | null, what: string): string {
  if (level !== null) return `${LEVEL_WORDS[level]}; share of the cost linked this way`
  if (amount !== null) return amount === 0 ? '' : 'share of all cost'
  return what.startsWith('usage rows') ? 'their rows state no cost' : 'no usage names a person or a branch of them'
}
