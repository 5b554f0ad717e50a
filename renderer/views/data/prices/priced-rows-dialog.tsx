import { nameDay } from '../../../../shared/calendar/index.ts'
import { formatNanos } from '../../../../shared/money/index.ts'
import { type PricedGroup, tellPrices, tellRate, tellUnpriced } from '../../../../shared/prices/index.ts'
import { usageRows } from '../../../commands/index.ts'
import { Amount, Dialog, Table, TableHead, countOf, formatCount } from '../../../parts/index.ts'
import { useWorkbook } from '../../../stores/workbook.ts'
import { useAnswer } from '../use-answer.ts'

const SHOWN = 50

/** From an estimated cost down to its rate, the rate's day and the rows it was worked out of. */
export function PricedRowsDialog({ group, onClose }: { readonly group: PricedGroup; readonly onClose: () => void }) {
  const { tool, model, rate, why, terms, rows, tokens, nanos } = group
  const imports = useWorkbook((workbook) => workbook.imports)
  const found = useAnswer(() => usageRows({ tool, model, most: SHOWN }), [tool, model])
  const fileOf = (id: string) => imports.find((one) => one.id === id)?.fileName ?? 'unknown file'
  return (
    <Dialog title={`${model ?? 'Model not named'}, ${tool ?? 'tool not named'}`} isOpen onClose={onClose} size="wide">
      <div className="stack">
        {rate !== null && nanos !== null ? (
          <p>
            <strong>
              <Amount amount={formatNanos(nanos)} currency={rate.currency} />
            </strong>{' '}
            is estimated from {tokens === null ? 'no' : formatCount(tokens)} tokens in {countOf(rows, 'row')}, by the{' '}
            {tellRate(rate)}: {tellPrices(rate)}
            {terms === '' ? '' : `, applied as ${terms}`}. No file states this cost; it is never added to one that does.
          </p>
        ) : (
          <p>
            {countOf(rows, 'row')} with {tokens === null ? 'no' : formatCount(tokens)} tokens have no price:{' '}
            {why && tellUnpriced(why)}. They count as unpriced, never as zero.
          </p>
        )}
        <Table label="Rows behind it">
          <TableHead
            columns={[
              'Day',
              'Person',
              { name: 'Tokens', isNumber: true },
              { name: 'Estimated', isNumber: true },
              'Also says',
              'File',
              { name: 'Row', isNumber: true },
            ]}
          />
          <tbody>
            {(found ?? []).map((row) => (
              <tr key={`${row.origin.importId}:${row.origin.sourceRow}`}>
                <td className="nowrap">{row.day === null ? 'no date' : nameDay(row.day)}</td>
                <td>{row.person ?? <span className="faint">–</span>}</td>
                <td className="number">{row.tokens === null ? '–' : formatCount(row.tokens)}</td>
                <td className="number">
                  {row.estimated === null ? (
                    <span className="warn">unpriced</span>
                  ) : (
                    <Amount amount={formatNanos(row.estimated)} currency={rate?.currency ?? 'USD'} decimals={4} />
                  )}
                </td>
                <td className="small dim row-more selectable">{row.more.join(' · ')}</td>
                <td>
                  <span className="truncate row-file">{fileOf(row.origin.importId)}</span>
                </td>
                <td className="number">{formatCount(row.origin.sourceRow)}</td>
              </tr>
            ))}
          </tbody>
        </Table>
        {rows > SHOWN && <p className="small dim">The first {SHOWN} of the rows of this model.</p>}
      </div>
    </Dialog>
  )
}
