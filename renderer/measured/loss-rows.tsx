import { useCallback, useState } from 'react'
import { nameDay } from '../../shared/calendar/index.ts'
import { formatNanos } from '../../shared/money/index.ts'
import type { Period, UsageLoss } from '../../shared/metrics/index.ts'
import { lossRows, saveLossRows } from '../commands/index.ts'
import { Amount, Button, Table, TableHead, formatCount } from '../parts/index.ts'
import { useWorkbook } from '../stores/workbook.ts'
import { useAsked } from './use-asked.ts'

const MOST = 200

interface Lost {
  readonly name: string
  readonly period: Period
  readonly loss: UsageLoss
  readonly currency: string
}

/** A loss that came to no change, opened down to the imported rows of usage it is made of. */
export function LossRows(lost: Lost) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details className="behind-rows" onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>{lost.name}: usage rows</summary>
      {isOpen && <LossTable {...lost} />}
    </details>
  )
}

function LossTable({ name, period: { from, to }, loss, currency }: Lost) {
  const imports = useWorkbook((workbook) => workbook.imports)
  const found = useAsked(useCallback(() => lossRows({ from, to }, loss, MOST), [from, to, loss]))
  if (found === null || found === 'working')
    return (
      <p className="small dim" role="status">
        Looking for the rows…
      </p>
    )
  const { rows, count } = found
  const fileOf = (id: string) => imports.find((one) => one.id === id)?.fileName ?? 'a source taken back'
  const hasDetail = rows.some(({ detail }) => detail !== null)
  return (
    <>
      <div className="behind-scroll">
        <Table label={`${name}: usage rows`}>
          <TableHead
            columns={[
              'Day',
              'Tool',
              'Model',
              ...(hasDetail ? ['Detail'] : []),
              { name: 'Cost', isNumber: true },
              'File',
              { name: 'Row', isNumber: true },
            ]}
          />
          <tbody>
            {rows.map(({ origin, day, tool, model, detail, nanos }) => (
              <tr key={`${origin.importId} ${origin.sourceRow} ${model} ${nanos}`}>
                <td className="nowrap">{nameDay(day)}</td>
                <td className="nowrap">{tool ?? <span className="faint">–</span>}</td>
                <td className="nowrap">{model ?? <span className="faint">–</span>}</td>
                {hasDetail && <td className="nowrap dim">{detail}</td>}
                <td className="number">
                  {nanos === null ? (
                    <span className="faint">not stated</span>
                  ) : (
                    <Amount amount={formatNanos(nanos)} currency={currency} decimals={4} />
                  )}
                </td>
                <td className="behind-file" title={fileOf(origin.importId)}>
                  {fileOf(origin.importId)}
                </td>
                <td className="number">{formatCount(origin.sourceRow)}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
      <div className="row behind-note">
        <p className="small dim grow">
          {count > rows.length && `The ${formatCount(rows.length)} dearest of ${formatCount(count)}.`}
        </p>
        <Button size="small" icon="export" onPress={() => void saveLossRows(name, { from, to }, loss, currency)}>
          Save all as CSV
        </Button>
      </div>
    </>
  )
}
