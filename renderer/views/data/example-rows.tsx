import { useState } from 'react'
import type { ExampleRow, RowFate } from '../../../shared/importers/index.ts'
import { withFormerRows } from '../../commands/index.ts'
import { Icon, Select, Table, formatCount } from '../../parts/index.ts'
import { FACT_COLUMNS } from './import-questions.ts'
import { useImportNames } from './import-names.ts'
import { useAnswer } from './use-answer.ts'

const FATE_CHOICES: readonly { readonly id: RowFate; readonly label: string }[] = [
  { id: 'new', label: 'New rows' },
  { id: 'changed', label: 'Changed rows' },
  { id: 'duplicate', label: 'Duplicate rows' },
]

/** The first rows of a fate as they were read, to be held against the file. */
export function ExampleRows({ examples: read }: { readonly examples: readonly ExampleRow[] }) {
  const examples = useAnswer(() => withFormerRows(read), [read]) ?? read
  const choices = FATE_CHOICES.filter(({ id }) => examples.some(({ fate }) => fate === id))
  const [fate, setFate] = useState<RowFate>(choices[0]!.id)
  const shown = examples.filter((row) => row.fate === fate)
  const isRepeated = shown.some(({ repeats }) => repeats !== undefined)
  const nameOf = useImportNames()
  const columns = columnsOf(shown)
  return (
    <div className="kept-aside">
      {(choices.length > 1 || fate === 'changed') && (
        <div className="panel-note row">
          {choices.length > 1 && (
            <Select
              className="example-fate"
              label="Fate of the rows"
              isLabelHidden
              value={fate}
              onChange={setFate}
              choices={choices}
            />
          )}
          {fate === 'changed' && (
            <p className="small dim">What was said before stands first; columns that stay as they are follow.</p>
          )}
        </div>
      )}
      <Table label={`The first ${fate} rows as they were read`}>
        <thead>
          <tr>
            <th scope="col" className="number">
              Row
            </th>
            {fate === 'changed' && <th scope="col">Said before by</th>}
            {isRepeated && <th scope="col">Repeats</th>}
            {columns.map((name) => (
              <th key={name} scope="col">
                {nameOfColumn(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ row, said, former, changes, repeats }) => {
            const [cells, before] = [new Map(said), former && new Map(former)]
            return (
              <tr key={row}>
                <td className="number">{formatCount(row)}</td>
                {fate === 'changed' && <td className="nowrap dim">{changes && tellFile(nameOf(changes.importId))}</td>}
                {isRepeated && (
                  <td className="nowrap dim">
                    {repeats === undefined ? 'what is stored' : `row ${formatCount(repeats)}`}
                  </td>
                )}
                {columns.map((name) => (
                  <td key={name}>
                    <ExampleCell now={cells.get(name)} before={before && (before.get(name) ?? null)} />
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </Table>
    </div>
  )
}

/** A statement that waits itself is no part of the workbook yet. */
function tellFile({ fileName, isWaiting }: ReturnType<ReturnType<typeof useImportNames>>): string {
  return isWaiting ? `${fileName}, waiting too` : fileName
}

/** What a row says; where it changes that, what was said before it. `before` is left out where nothing is known of it. */
function ExampleCell({
  now,
  before,
}: {
  readonly now: string | undefined
  readonly before: string | null | undefined
}) {
  if (before === undefined || (before ?? undefined) === now)
    return (
      <span className="truncate example-cell" title={now}>
        {now ?? ''}
      </span>
    )
  return (
    <span className="example-change" title={`was ${before ?? 'not said'}, is ${now ?? 'not said'}`}>
      <del className="truncate example-cell">{before ?? 'not said'}</del>
      <Icon name="arrow-right" />
      <ins className="truncate example-cell">{now ?? 'not said'}</ins>
    </span>
  )
}

/** Columns that some row changes come first. */
function columnsOf(rows: readonly ExampleRow[]): readonly string[] {
  const all = [...new Set(rows.flatMap(({ said, former = [] }) => [...said, ...former].map(([name]) => name)))]
  const changed = all.filter((name) =>
    rows.some(({ said, former }) => former !== undefined && textIn(said, name) !== textIn(former, name)),
  )
  return [...changed, ...all.filter((name) => !changed.includes(name))]
}

function textIn(said: ExampleRow['said'], column: string): string | undefined {
  return said.find(([name]) => name === column)?.[1]
}

const COLUMN_NAMES: ReadonlyMap<string, string> = new Map([
  ...FACT_COLUMNS,
  ['listed', 'Cost, listed'],
  ['billed', 'Cost, billed'],
  ['included', 'Cost, included'],
  ['estimated', 'Cost, estimated'],
  ['extra', 'Other fields'],
])

/** As the mapping calls it, else its words: `mergedAt` is Merged at. */
function nameOfColumn(name: string): string {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()
  return COLUMN_NAMES.get(name) ?? words.charAt(0).toUpperCase() + words.slice(1)
}
