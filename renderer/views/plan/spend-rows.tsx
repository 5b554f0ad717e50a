import { useState } from 'react'
import { nameDay } from '../../../shared/calendar/index.ts'
import { currencyOf, formatMoney, moneyOf } from '../../../shared/money/index.ts'
import { saveSpendRows, spendLines } from '../../commands/index.ts'
import { Button, Dialog, LOCALE, Table, TableHead, countOf } from '../../parts/index.ts'
import type { ActualCell } from '../../stores/figures.ts'
import { useWorkbook } from '../../stores/workbook.ts'

type SpendLine = Awaited<ReturnType<typeof spendLines>>[number]

const MOST = 200

/** The last step down: the imported rows a sum of spend is made of, with the file and the row of each. */
export function SpendRows({ spend }: { readonly spend: readonly ActualCell[] }) {
  const imports = useWorkbook((workbook) => workbook.imports)
  const [rows, setRows] = useState<readonly SpendLine[] | null>(null)
  const fileOf = (id: string) => imports.find((one) => one.id === id)?.fileName ?? 'unknown file'
  return (
    <>
      <Button onPress={() => void spendLines(spend, MOST).then(setRows)}>Show the imported rows</Button>
      {rows !== null && (
        <Dialog title="Imported rows behind it" isOpen onClose={() => setRows(null)} size="wide">
          <div className="row">
            <p className="dim grow">
              {rows.length < MOST ? countOf(rows.length, 'row') : `The first ${countOf(MOST, 'row')}`}, in the order of
              import.
            </p>
            <Button size="small" icon="export" onPress={() => void saveSpendRows(spend)}>
              Save all as CSV
            </Button>
          </div>
          <Table label="Imported rows behind it">
            <TableHead
              columns={[
                'Day',
                'Person',
                'Model',
                { name: 'Amount', isNumber: true },
                'Cost',
                'File',
                { name: 'Row', isNumber: true },
              ]}
            />
            <tbody>
              {rows.map(({ origin, day, person, model, nanos, currency, basis, estimate }) => (
                <tr key={`${origin.importId} ${origin.sourceRow} ${model} ${nanos}`}>
                  <td className="nowrap">{day === null ? 'no date' : nameDay(day)}</td>
                  <td className="nowrap">{person ?? <span className="faint">–</span>}</td>
                  <td className="nowrap">{model ?? <span className="faint">–</span>}</td>
                  <td className="number">{formatMoney(moneyOf(nanos, currencyOf(currency)), LOCALE)}</td>
                  <td>
                    {basis}
                    {estimate !== null && <span className="small dim spend-rate selectable">{estimate}</span>}
                  </td>
                  <td>
                    <span className="truncate spend-file" title={fileOf(origin.importId)}>
                      {fileOf(origin.importId)}
                    </span>
                  </td>
                  <td className="number">{origin.sourceRow}</td>
                </tr>
              ))}
            </tbody>
          </Table>
        </Dialog>
      )}
    </>
  )
}
