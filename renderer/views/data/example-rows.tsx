import { useState } from 'react'
import type { ExampleRow, RowFate } from '../../../shared/importers/index.ts'
import { Select, Table, formatCount } from '../../parts/index.ts'

const FATE_CHOICES: readonly { readonly id: RowFate; readonly label: string }[] = [
  { id: 'new', label: 'New rows' },
  { id: 'changed', label: 'Changed rows' },
  { id: 'duplicate', label: 'Duplicate rows' },
]

/** The first rows of a fate as they were read, to be held against the file. */
export function ExampleRows({ examples }: { readonly examples: readonly ExampleRow[] }) {
  const choices = FATE_CHOICES.filter(({ id }) => examples.some(({ fate }) => fate === id))
  const [fate, setFate] = useState<RowFate>(choices[0]!.id)
  const shown = examples.filter((row) => row.fate === fate)
  const columns = [...new Set(shown.flatMap(({ said }) => said.map(([name]) => name)))]
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
          {shown.map(({ row, said }) => {
            const cells = new Map(said)
            return (
              <tr key={row}>
                <td className="number">{formatCount(row)}</td>
                {columns.map((name) => (
                  <td key={name}>
                    <span className="truncate example-cell" title={cells.get(name)}>
                      {cells.get(name) ?? ''}
                    </span>
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
