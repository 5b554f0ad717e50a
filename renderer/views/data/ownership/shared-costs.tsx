import { useState } from 'react'
import { nameMonth } from '../../../../shared/calendar/index.ts'
import { ALLOCATION_METHODS, type AllocationMethod, type SharedCost } from '../../../../shared/plan/index.ts'
import { formatNanos, nanosOf, parseNanos } from '../../../../shared/money/index.ts'
import { editRecords } from '../../../commands/index.ts'
import {
  Amount,
  Button,
  Checkbox,
  Dialog,
  IconButton,
  Panel,
  Select,
  Table,
  TextField,
  countOf,
  newId,
} from '../../../parts/index.ts'
import { useFigures } from '../../../stores/figures.ts'
import { useWorkbook } from '../../../stores/workbook.ts'

const METHOD_WORDS: Readonly<Record<AllocationMethod, string>> = {
  even: 'Evenly',
  fixed: 'By fixed shares',
  proportional: 'By what each spent itself',
}

/** Cost several initiatives share: how it is split, and every split month by month, to the cent. */
export function SharedCosts({ currency }: { readonly currency: string }) {
  const { sharedCosts, initiatives, attributionRules } = useWorkbook((workbook) => workbook.records)
  const [open, setOpen] = useState<{ readonly pool: SharedCost; readonly isNew: boolean } | null>(null)
  const pools = Object.values(sharedCosts).sort((a, b) => a.order - b.order)
  const hasInitiatives = Object.keys(initiatives).length > 0
  const add = () =>
    setOpen({
      isNew: true,
      pool: { id: newId('shared'), name: '', method: 'even', parts: [], order: (pools.at(-1)?.order ?? 0) + 1 },
    })
  return (
    <Panel
      title="Shared cost"
      actions={
        hasInitiatives && (
          <Button size="small" icon="plus" onPress={add}>
            Add a shared cost
          </Button>
        )
      }
    >
      {pools.length === 0 && (
        <p className="dim">
          None yet. A shared cost splits what a rule gives it over initiatives: evenly, by fixed shares, or by what each
          spent itself. Parts add up to the whole to the cent.
        </p>
      )}
      <div className="stack">
        {pools.map((pool) => (
          <section key={pool.id} aria-label={`Shared cost ${pool.name}`}>
            <header className="row">
              <h3 className="grow">
                {pool.name}{' '}
                <span className="small faint regular">
                  {METHOD_WORDS[pool.method].toLowerCase()} over {countOf(pool.parts.length, 'initiative')}
                </span>
              </h3>
              <Button size="small" variant="ghost" onPress={() => setOpen({ pool, isNew: false })}>
                Change
              </Button>
              <IconButton
                label={`Delete shared cost ${pool.name}`}
                icon="trash"
                onPress={() =>
                  void editRecords(`deletion of ${pool.name}`, (records) => {
                    const { [pool.id]: _gone, ...others } = records.sharedCosts
                    return { ...records, sharedCosts: others }
                  })
                }
              />
            </header>
            {Object.values(attributionRules).some(({ initiativeId }) => initiativeId === pool.id) ? (
              <Splits pool={pool} currency={currency} />
            ) : (
              <p className="dim small">No rule gives it anything yet: choose it in a rule above.</p>
            )}
          </section>
        ))}
      </div>
      {open && <SharedCostDialog first={open.pool} isNew={open.isNew} onClose={() => setOpen(null)} />}
    </Panel>
  )
}

/** By month: the whole and each part, as the plan counts them. */
function Splits({ pool, currency }: { readonly pool: SharedCost; readonly currency: string }) {
  const actuals = useFigures((figures) => figures.actuals)
  const initiatives = useWorkbook((workbook) => workbook.records.initiatives)
  const cells = actuals.filter(({ shared }) => shared?.id === pool.id)
  const months = [...new Set(cells.map(({ month }) => month))].sort().slice(-6)
  if (months.length === 0) return <p className="dim small">The rules that name it take no cost in {currency} yet.</p>
  const columns = [...pool.parts.map(({ initiativeId }) => initiativeId), null]
  const sum = (month: string, owner: string | null) =>
    cells.reduce(
      (total, cell) => (cell.month === month && cell.initiativeId === owner ? total + cell.nanos : total),
      0n,
    )
  const hasRest = months.some((month) => sum(month, null) !== 0n)
  return (
    <Table label={`Splits of ${pool.name}`}>
      <thead>
        <tr>
          <th scope="col">Month</th>
          <th scope="col" className="number">
            Whole
          </th>
          {columns.map((id) =>
            id === null ? (
              hasRest && (
                <th key="rest" scope="col" className="number warn">
                  Nobody to take it
                </th>
              )
            ) : (
              <th key={id} scope="col" className="number">
                {initiatives[id]?.name ?? 'gone'}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>
        {months.map((month) => (
          <tr key={month}>
            <th scope="row">{nameMonth(month)}</th>
            <td className="number">
              <Amount
                amount={formatNanos(nanosOf(columns.reduce((total, id) => total + sum(month, id), 0n)))}
                currency={currency}
              />
            </td>
            {columns.map((id) =>
              id === null && !hasRest ? null : (
                <td key={id ?? 'rest'} className="number">
                  <Amount amount={formatNanos(nanosOf(sum(month, id)))} currency={currency} />
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function SharedCostDialog({
  first,
  isNew,
  onClose,
}: {
  readonly first: SharedCost
  readonly isNew: boolean
  readonly onClose: () => void
}) {
  const initiatives = Object.values(useWorkbook((workbook) => workbook.records.initiatives)).sort(
    (a, b) => a.order - b.order,
  )
  const [name, setName] = useState(first.name)
  const [method, setMethod] = useState(first.method)
  const [shares, setShares] = useState<Readonly<Record<string, string>>>(
    Object.fromEntries(first.parts.map(({ initiativeId, percent }) => [initiativeId, percent])),
  )
  const parts = initiatives.flatMap(({ id }) => {
    const percent = shares[id]?.trim()
    return percent === undefined ? [] : [{ initiativeId: id, percent: percent === '' ? '0' : percent }]
  })
  const isBad = (text: string) => text.trim() !== '' && !/^\d+(\.\d{1,6})?$/.test(text.trim())
  const together = parts.reduce((sum, { percent }) => {
    const read = parseNanos(percent)
    return read.ok ? sum + Number(read.value) / 1e9 : sum
  }, 0)
  const isWhole = name.trim() !== '' && parts.length > 0 && !parts.some(({ percent }) => isBad(percent))

  function save() {
    const pool: SharedCost = { ...first, name: name.trim(), method, parts }
    void editRecords(`shared cost ${pool.name}`, (records) => ({
      ...records,
      sharedCosts: { ...records.sharedCosts, [pool.id]: pool },
    }))
    onClose()
  }
  return (
    <Dialog
      title={isNew ? 'A shared cost' : first.name}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" isDisabled={!isWhole} onPress={save}>
            Keep
          </Button>
        </>
      }
    >
      <div className="stack">
        <div className="form-grid two">
          <TextField label="Name" value={name} onChange={setName} placeholder="Developer assistants" />
          <Select
            label="Split"
            value={method}
            onChange={setMethod}
            choices={ALLOCATION_METHODS.map((id) => ({ id, label: METHOD_WORDS[id] }))}
          />
        </div>
        <fieldset className="shares">
          <legend className="field-label">Who takes part</legend>
          {initiatives.map(({ id, name: initiative }) => (
            <div key={id} className="row share-row">
              <div className="grow">
                <Checkbox
                  isSelected={shares[id] !== undefined}
                  onChange={(isIn) => {
                    const { [id]: _former, ...others } = shares
                    setShares(isIn ? { ...others, [id]: '0' } : others)
                  }}
                >
                  {initiative}
                </Checkbox>
              </div>
              {method === 'fixed' && shares[id] !== undefined && (
                <TextField
                  label={`Share of ${initiative} in percent`}
                  isLabelHidden
                  value={shares[id]}
                  onChange={(text) => setShares({ ...shares, [id]: text })}
                  problem={isBad(shares[id]) ? 'A plain number.' : null}
                />
              )}
            </div>
          ))}
        </fieldset>
        {method === 'fixed' && parts.length > 0 && (
          <p className={together === 100 ? 'small dim' : 'small warn'}>
            {together === 100
              ? 'Together 100%.'
              : `Together ${Number(together.toFixed(6))}%: the whole is split in this ratio.`}
          </p>
        )}
        {method === 'proportional' && (
          <p className="small dim">
            By what each spent itself in the month, of the same kind of cost. Where none spent anything, it stays
            unattributed.
          </p>
        )}
      </div>
    </Dialog>
  )
}
