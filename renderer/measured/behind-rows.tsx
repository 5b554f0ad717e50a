import type { FactOrigin } from '../../shared/facts/index.ts'
import type { BehindRow, Explanation } from '../../shared/metrics/index.ts'
import { saveRowsBehind } from '../commands/index.ts'
import { Button, Table, formatCount, formatUnits } from '../parts/index.ts'
import { useWorkbook } from '../stores/workbook.ts'
import { LEVEL_WORDS } from './metric-words.ts'

/** The changes a number is made of, down to the file and row they came from. */
export function BehindRows({
  explanation,
  currency,
}: {
  readonly explanation: Explanation
  readonly currency: string
}) {
  const { rows, rowCount, partName, wholeName } = explanation
  if (rows.length === 0) return <p className="dim">No single change is behind this number.</p>
  const columns = [
    ...(partName === '' ? [] : [{ name: partName, of: (row: BehindRow) => row.part }]),
    ...(wholeName === '' || explanation.unit === '$' ? [] : [{ name: wholeName, of: (row: BehindRow) => row.whole }]),
  ]
  return (
    <>
      <RowTable label="Changes behind the number" rows={rows} currency={currency} columns={columns} />
      <div className="row behind-note">
        <p className="small dim grow">
          {rowCount > rows.length && `The ${formatCount(rows.length)} largest of ${formatCount(rowCount)}.`}
        </p>
        <Button size="small" icon="export" onPress={() => void saveRowsBehind(explanation)}>
          Save as CSV
        </Button>
      </div>
    </>
  )
}

export function RowTable({
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
  // Sessions, deployments and work items are nobody's changes.
  const isOfChanges = rows.some(({ authorGroup }) => authorGroup !== '')
  return (
    <div className="behind-scroll">
      <Table label={label}>
        <thead>
          <tr>
            <th scope="col">Change</th>
            <th scope="col">Repository</th>
            {isOfChanges && (
              <>
                <th scope="col">Authors</th>
                <th scope="col">AI-marked</th>
              </>
            )}
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
            <tr key={`${row.origin?.importId ?? ''} ${row.origin?.sourceRow ?? ''} ${row.title}`}>
              <th scope="row" className="behind-title" title={row.url ?? row.title}>
                {row.number !== null && <span className="dim">#{row.number} </span>}
                {withoutNumber(row)}
              </th>
              <td className="nowrap">{row.repository.split('/').at(-1)}</td>
              {isOfChanges && (
                <>
                  <td className="nowrap">{row.authorGroup}</td>
                  <td>{row.isAgentMarked ? 'yes' : 'no'}</td>
                </>
              )}
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
              <td className="behind-source dim">{row.origin && <Source origin={row.origin} fileOf={fileOf} />}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  )
}

/** The file may be cut short where there is no room, the row never is. */
function Source({
  origin: { importId, sourceRow },
  fileOf,
}: {
  readonly origin: FactOrigin
  readonly fileOf: (importId: string) => string
}) {
  const file = fileOf(importId)
  return (
    <span className="behind-origin" title={file}>
      <span className="truncate">{file}</span>
      <span className="nowrap">, row {formatCount(sourceRow)}</span>
    </span>
  )
}

/** A squash repeats the number at the end of its subject, where it stands before it already. */
function withoutNumber({ title, number }: BehindRow): string {
  return number === null ? title : title.replace(new RegExp(`\\s*[(]#${number}[)]$`), '')
}
