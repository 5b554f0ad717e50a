import { formatNanos, nanosOf } from '../../../../shared/money/index.ts'
import { tellRate } from '../../../../shared/prices/index.ts'
import type { Repriced, RepricedSide } from '../../../../shared/prices/index.ts'
import { Amount, Table, TableHead, countOf, formatCount } from '../../../parts/index.ts'

/** What keeping a change would do to the estimates: by model, in rows and money, before anybody says yes. */
export function RepricePreview({ changes }: { readonly changes: readonly Repriced[] | null }) {
  if (changes === null) return <p className="dim">Working out what would change…</p>
  const rows = changes.reduce((sum, change) => sum + change.rows, 0)
  if (rows === 0) {
    return (
      <p className="dim" role="status">
        No estimate changes: nothing imported is priced by this yet.
      </p>
    )
  }
  return (
    <div className="reprice" role="status">
      <p>
        <strong>{countOf(rows, 'row')}</strong> would be priced differently.
      </p>
      <Table label="What would change">
        <TableHead
          columns={[
            'Model',
            { name: 'Rows', isNumber: true },
            { name: 'Now', isNumber: true },
            { name: 'Then', isNumber: true },
            { name: 'Difference', isNumber: true },
          ]}
        />
        <tbody>
          {changes.map((change) => (
            <tr
              key={JSON.stringify([
                change.tool,
                change.model,
                change.before.rate?.currency,
                change.after.rate?.currency,
              ])}
            >
              <th scope="row">
                {change.model ?? 'Model not named'} <span className="small faint">{change.tool}</span>
              </th>
              <td className="number">{formatCount(change.rows)}</td>
              <td className="number">
                <Side side={change.before} />
              </td>
              <td className="number">
                <Side side={change.after} />
              </td>
              <td className="number">
                <Difference change={change} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  )
}

function Side({ side: { nanos, rate } }: { readonly side: RepricedSide }) {
  if (nanos === null || rate === null) return <span className="warn">unpriced</span>
  return (
    <span title={tellRate(rate)}>
      <Amount amount={formatNanos(nanos)} currency={rate.currency} />
    </span>
  )
}

/** Where both sides are in one currency; what was unpriced has no difference, because unknown is not zero. */
function Difference({ change: { before, after } }: { readonly change: Repriced }) {
  if (before.nanos === null || after.nanos === null || before.rate?.currency !== after.rate?.currency)
    return <span className="faint">–</span>
  return <Amount amount={formatNanos(nanosOf(after.nanos - before.nanos))} currency={after.rate!.currency} isSigned />
}
