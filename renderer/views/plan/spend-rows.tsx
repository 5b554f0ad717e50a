import { useState } from 'react'
import { currencyOf, formatMoney, moneyOf } from '../../../shared/money/index.ts'
import { spendRows } from '../../commands/index.ts'
import { Button, Dialog, LOCALE, Table, countOf, nameDay } from '../../parts/index.ts'
import type { ActualCell } from '../../stores/figures.ts'
import { useWorkbook } from '../../stores/workbook.ts'

type SpendRow = Awaited<ReturnType<typeof spendRows>>[number]

const MOST = 200

/** The last step down: the imported rows a sum of spend is made of, with the file and the row of each. */
export function SpendRows({ spend }: { readonly spend: readonly ActualCell[] }) {
  const imports = useWorkbook((workbook) => workbook.imports)
  const [rows, setRows] = useState<readonly (SpendRow & { readonly currency: string })[] | null>(null)
  const fileOf = (id: string) => imports.find((one) => one.id === id)?.fileName ?? 'unknown file'
  const ask = async () => {
    const parts = await Promise.all(
      spend.map(async ({ tool, month, basis, currency, initiativeId, shared }) => {
        const found = await spendRows({ tool, month, owner: shared?.id ?? initiativeId, basis, currency, most: MOST })
        return found.map((row) => ({ ...row, currency }))
      }),
    )
    setRows(parts.flat().slice(0, MOST))
  }
  return (
    <>
      <Button onPress={() => void ask()}>Show the imported rows</Button>
      {rows !== null && (
        <Dialog title="Imported rows behind it" isOpen onClose={() => setRows(null)} size="wide">
          <p className="dim">
            {rows.length < MOST ? countOf(rows.length, 'row') : `The first ${countOf(MOST, 'row')}`}, in the order of
            import.
          </p>
          <Table label="Imported rows behind it">
            <thead>
              <tr>
                <th scope="col">Day</th>
                <th scope="col">Person</th>
                <th scope="col">Model</th>
                <th scope="col" className="number">
                  Amount
                </th>
                <th scope="col">File</th>
                <th scope="col" className="number">
                  Row
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ origin, day, person, model, nanos, currency }) => (
                <tr key={`${origin.importId} ${origin.sourceRow}`}>
                  <td className="nowrap">{day === null ? 'no date' : nameDay(day)}</td>
                  <td>{person ?? <span className="faint">–</span>}</td>
                  <td>{model ?? <span className="faint">–</span>}</td>
                  <td className="number">{formatMoney(moneyOf(nanos, currencyOf(currency)), LOCALE)}</td>
                  <td>{fileOf(origin.importId)}</td>
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
