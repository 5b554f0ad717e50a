import { tellIssue } from '../../shared/issues/index.ts'
import type { BehindRow, Explanation, LinkLevel, Split, WasteTold } from '../../shared/metrics/index.ts'
import { Table, Tabs, formatCount, formatUnits, namePeriod } from '../parts/index.ts'
import { useWorkbook } from '../stores/workbook.ts'
import { LEVEL_WORDS, tellDifference } from './metric-words.ts'
import './explained.css'

/** What moved a number, what was wasted and which changes are behind it; by tabs, because each answers one question. */
export function Explained({ explanation, currency }: { readonly explanation: Explanation; readonly currency: string }) {
  const { current, before, unit, interval, splits, waste, rowCount, period, beforePeriod } = explanation
  if (!current.known) return <p className="dim">Unknown. {tellIssue(current.why)}</p>
  const show = (value: number) => formatUnits(value, unit, currency)
  const tabs = [
    ...splits.map((split) => ({
      id: split.id,
      label: split.name,
      content: <SplitTable split={split} currency={currency} />,
    })),
    ...(waste === null
      ? []
      : [{ id: 'waste', label: 'Waste', content: <WasteTable waste={waste} currency={currency} /> }]),
    {
      id: 'rows',
      label: 'Changes',
      count: rowCount,
      content: <BehindRows explanation={explanation} currency={currency} />,
    },
  ]
  return (
    <>
      <p className="behind-line">
        <strong>{show(current.value)}</strong> in {namePeriod(period.from, period.to)}
        {before.known ? (
          <>
            , {show(before.value)} in {namePeriod(beforePeriod.from, beforePeriod.to)}
          </>
        ) : (
          <>; the 28 days before are unknown: {tellIssue(before.why)}</>
        )}
        {interval && (
          <span className="dim">
            {' '}
            Change {tellDifference(interval.change, unit, currency)}, 95% between{' '}
            {tellDifference(interval.low, unit, currency)} and {tellDifference(interval.high, unit, currency)}
            {interval.isNoise ? ': within noise, two like periods differ as much.' : ': more than noise.'}
          </span>
        )}
      </p>
      <Tabs label="What is behind it" tabs={tabs} />
    </>
  )
}

function SplitTable({ split, currency }: { readonly split: Split; readonly currency: string }) {
  const { parts, unit, name, ofWhat, change, note } = split
  const largest = Math.max(...parts.map(({ contribution }) => Math.abs(contribution ?? 0)), Number.MIN_VALUE)
  const value = (own: number | null, n: number) =>
    own === null ? (
      <span className="faint">{n === 0 || n >= 5 ? '–' : 'too few'}</span>
    ) : (
      formatUnits(own, unit, currency)
    )
  return (
    <>
      <Table label={`${name}: contributions to the change`}>
        <thead>
          <tr>
            <th scope="col">{name}</th>
            <th scope="col" className="number">
              Before
            </th>
            <th scope="col" className="number">
              Now
            </th>
            <th scope="col" className="number">
              n
            </th>
            <th scope="col" className="number">
              Gave to the change
            </th>
            <th scope="col" className="behind-bar" aria-hidden="true" />
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <tr key={part.name}>
              <th scope="row">{part.name}</th>
              <td className="number">{value(part.before, part.nBefore)}</td>
              <td className="number">{value(part.now, part.nNow)}</td>
              <td className="number dim">{formatCount(part.nNow)}</td>
              <td className="number">
                {part.contribution === null ? '–' : tellDifference(part.contribution, unit, currency)}
              </td>
              <td className="behind-bar" aria-hidden="true">
                <Bar share={(part.contribution ?? 0) / largest} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={4}>
              Together: {ofWhat}
            </th>
            <td className="number">{change === null ? 'unknown' : tellDifference(change, unit, currency)}</td>
            <td />
          </tr>
        </tfoot>
      </Table>
      {note && <p className="small dim behind-note">{note}</p>}
    </>
  )
}

/** −1 … 1 about a middle line. */
function Bar({ share }: { readonly share: number }) {
  const width = Math.abs(share) * 50
  return (
    <svg width="100%" height="12">
      <rect
        x={`${share < 0 ? 50 - width : 50}%`}
        width={`${width}%`}
        y="2"
        height="8"
        rx="1.5"
        className={share < 0 ? 'behind-less' : 'behind-more'}
      />
      <line x1="50%" x2="50%" y1="0" y2="12" className="behind-middle" />
    </svg>
  )
}

function WasteTable({ waste, currency }: { readonly waste: WasteTold; readonly currency: string }) {
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
          {waste.lines.map(({ name, what, count, amount, level }) => (
            <tr key={name}>
              <th scope="row">
                {name} <span className="faint">{what}</span>
              </th>
              <td className="number">{count === 0 ? '–' : formatCount(count)}</td>
              <td className="number">{amount === null ? <span className="faint">unknown</span> : money(amount)}</td>
              <td className="number dim">
                {amount === null ? '–' : level !== null ? shareOf(amount, close) : shareOf(amount, total)}
              </td>
              <td className="dim">{tellLink(level, amount, what)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="small dim behind-note">
        Of {money(total)}: {money(byLevel.id)} {LEVEL_WORDS.id}, {money(byLevel['person-day'])}{' '}
        {LEVEL_WORDS['person-day']}, {money(byLevel['team-week'])} {LEVEL_WORDS['team-week']}, {money(byLevel.none)}{' '}
        linked to nothing. What is only spread over a week is never called waste of a change.
      </p>
      {waste.lines.map(
        ({ name, rows }) =>
          rows.length > 0 && (
            <details key={name} className="behind-rows">
              <summary>
                {name}: {formatCount(rows.length)} changes
              </summary>
              <RowTable label={name} rows={rows} currency={currency} columns={[]} />
            </details>
          ),
      )}
    </>
  )
}

function tellLink(level: LinkLevel | null, amount: number | null, what: string): string {
  if (level !== null) return `${LEVEL_WORDS[level]}; share of what is linked so`
  if (amount !== null) return amount === 0 ? '' : 'share of all cost'
  return what === 'usage rows' ? 'their rows state no cost' : 'no usage names a person or a branch of them'
}

function BehindRows({ explanation, currency }: { readonly explanation: Explanation; readonly currency: string }) {
  const { rows, rowCount, partName, wholeName } = explanation
  if (rows.length === 0) return <p className="dim">No single change is behind this number.</p>
  const columns = [
    ...(partName === '' ? [] : [{ name: partName, of: (row: BehindRow) => row.part }]),
    ...(wholeName === '' || explanation.unit === '$' ? [] : [{ name: wholeName, of: (row: BehindRow) => row.whole }]),
  ]
  return (
    <>
      <RowTable label="Changes behind the number" rows={rows} currency={currency} columns={columns} />
      {rowCount > rows.length && (
        <p className="small dim behind-note">
          The {formatCount(rows.length)} largest of {formatCount(rowCount)}.
        </p>
      )}
    </>
  )
}

function RowTable({
  label,
  rows,
  currency,
  columns,
}: {
  readonly label: string
  readonly rows: readonly BehindRow[]
  readonly currency: string
  readonly columns: readonly { readonly name: string; readonly of: (row: BehindRow) => number }[]
}) {
  const imports = useWorkbook((workbook) => workbook.imports)
  const fileOf = (id: string) => imports.find((one) => one.id === id)?.fileName ?? 'a source taken back'
  const hasCost = rows.some(({ cost }) => cost !== null)
  return (
    <div className="behind-scroll">
      <Table label={label}>
        <thead>
          <tr>
            <th scope="col">Change</th>
            <th scope="col">Repository</th>
            <th scope="col">Authors</th>
            <th scope="col">AI-marked</th>
            {columns.map(({ name }) => (
              <th key={name} scope="col" className="number">
                {name}
              </th>
            ))}
            {hasCost && (
              <th scope="col" className="number">
                Cost
              </th>
            )}
            <th scope="col">Source</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.origin.importId} ${row.origin.sourceRow} ${row.title}`}>
              <th scope="row" className="behind-title" title={row.url ?? row.title}>
                {row.number !== null && <span className="dim">#{row.number} </span>}
                {row.title}
              </th>
              <td className="nowrap">{row.repository.split('/').at(-1)}</td>
              <td className="nowrap">{row.authorGroup}</td>
              <td>{row.isAgentMarked ? 'yes' : 'no'}</td>
              {columns.map(({ name, of }) => (
                <td key={name} className="number">
                  {formatUnits(Math.round(of(row) * 10) / 10, '1', currency)}
                </td>
              ))}
              {hasCost && (
                <td className="number" title={row.cost ? LEVEL_WORDS[row.cost.level] : undefined}>
                  {row.cost ? formatUnits(row.cost.amount, '$', currency) : <span className="faint">unknown</span>}
                </td>
              )}
              <td className="nowrap dim">
                {fileOf(row.origin.importId)}, row {formatCount(row.origin.sourceRow)}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  )
}
