import type { KeptAside } from '../../../shared/importers/index.ts'
import { Table, TableHead, formatCount } from '../../parts/index.ts'
import { tellOnScreen } from './import-questions.ts'

const SHOWN = 100

export function KeptAsideTable({ rows, total }: { readonly rows: readonly KeptAside[]; readonly total: number }) {
  const shown = rows.slice(0, SHOWN)
  return (
    <div className="kept-aside">
      <Table label="Rows kept aside">
        <TableHead columns={[{ name: 'Row', isNumber: true }, 'Column', 'Reason', 'As it stands in the file']} />
        <tbody>
          {shown.map((row) => (
            <tr key={`${row.row}:${row.line}:${row.issue.code}`}>
              <td className="number">{row.row === 0 ? 'file' : formatCount(row.row)}</td>
              <td>{row.column ?? row.issue.where?.column ?? ''}</td>
              <td className="kept-aside-reason">{tellOnScreen({ ...row.issue, where: {} })}</td>
              <td>
                <code className="kept-aside-text selectable" title={row.text}>
                  {row.text}
                </code>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {total > shown.length && (
        <p className="small dim kept-aside-more">
          The first {formatCount(shown.length)} of {formatCount(total)}. After the import all of them can be downloaded
          with their reasons.
        </p>
      )}
    </div>
  )
}
