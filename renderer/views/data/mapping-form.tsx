import { useId } from 'react'
import type { TablePeek } from '../../../shared/importers/index.ts'
import { ComboBox, Table } from '../../parts/index.ts'
import { FACT_COLUMNS } from './import-questions.ts'

type Columns = readonly (readonly [column: string, meaning: string])[]

/** Which column of a table of one's own says what, with its first rows as they would be read. */
export function MappingForm({
  peek,
  columns,
  mapping,
  onChange,
}: {
  readonly peek: TablePeek
  readonly columns: Columns
  readonly mapping: Readonly<Record<string, string>>
  readonly onChange: (mapping: Readonly<Record<string, string>>) => void
}) {
  const id = useId()
  const choices = peek.header.filter((header) => header !== '').map((header) => ({ id: header, label: header }))
  function assign(column: string, header: string) {
    const { [column]: _former, ...others } = mapping
    onChange(header === '' ? others : { ...others, [column]: header })
  }
  return (
    <div className="mapping" role="group" aria-labelledby={id}>
      <span id={id} className="field-label">
        Which column of the file says what? {columns === FACT_COLUMNS && 'A day and one count or cost are enough.'}
      </span>
      <div className="question-fields">
        {columns.map(([column, meaning]) => (
          <ComboBox
            key={column}
            label={meaning}
            value={mapping[column] ?? ''}
            onChange={(header) => assign(column, header)}
            choices={choices}
            placeholder="Not in this file"
          />
        ))}
      </div>
      <MappingPreview peek={peek} columns={columns} mapping={mapping} />
    </div>
  )
}

/** The first records: the columns that are named, under what they mean; else all of them, as they stand. */
function MappingPreview({
  peek,
  columns,
  mapping,
}: {
  readonly peek: TablePeek
  readonly columns: Columns
  readonly mapping: Readonly<Record<string, string>>
}) {
  const named = columns.flatMap(([column, meaning]) => {
    const at = peek.header.indexOf(mapping[column] ?? '')
    return mapping[column] === undefined || at < 0 ? [] : [{ at, meaning }]
  })
  const shown =
    named.length > 0 ? named : peek.header.map((_, at) => ({ at, meaning: null as string | null })).slice(0, 12)
  if (peek.rows.length === 0) return <p className="small dim">The file has column names and no rows.</p>
  return (
    <div className="mapping-preview">
      <Table label="The first rows under this mapping">
        <thead>
          <tr>
            {shown.map(({ at, meaning }) => (
              <th key={`${at} ${meaning}`} scope="col">
                {meaning ?? peek.header[at]}
                {meaning !== null && <small>{peek.header[at]}</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {peek.rows.map((cells, row) => (
            // The first rows of a file never change places.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={row}>
              {shown.map(({ at, meaning }) => (
                <td key={`${at} ${meaning}`} className="nowrap">
                  {cells[at] ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  )
}
