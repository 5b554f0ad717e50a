import { useState } from 'react'
import type { ExampleRow, RowFate } from '../../../shared/importers/index.ts'
import { withFormerRows } from '../../commands/index.ts'
import { Icon, Select, Table, formatCount } from '../../parts/index.ts'
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
  const columns = columnsOf(shown)
  return (
    <div className="kept-aside">
      {choices.length > 1 && (
        <div className="panel-note">
          <Select
            className="example-fate"
            label="Fate of the rows"
            isLabelHidden
            value={fate}
            onChange={setFate}
            choices={choices}
          />
        </div>
      )}
      {fate === 'changed' && (
        <p className="panel-note small dim">
          What a row changes stands before what it says now; columns that stay as they are follow.
        </p>
      )}
      <Table label={`The first ${fate} rows as they were read`}>
        <thead>
          <tr>
            <th scope="col" className="number">
              Row
            </th>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ row, said, former }) => {
            const [cells, before] = [new Map(said), former && new Map(former)]
            return (
              <tr key={row}>
                <td className="number">{formatCount(row)}</td>
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
