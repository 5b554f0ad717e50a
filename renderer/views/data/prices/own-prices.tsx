import { useState } from 'react'
import { nameDay } from '../../../../shared/calendar/index.ts'
import type { ModelAlias, OwnRate } from '../../../../shared/prices/index.ts'
import { previewPrices } from '../../../commands/index.ts'
import { Button, ConfirmDialog, IconButton, Panel, Table, TableHead } from '../../../parts/index.ts'
import { useWorkbook } from '../../../stores/workbook.ts'
import { useAnswer } from '../use-answer.ts'
import { type PriceChange, pricesAfter, reprice, withoutAlias, withoutRate } from './price-edits.ts'
import { PRICE_FIELDS } from './rate-draft.ts'
import { RepricePreview } from './reprice-preview.tsx'

/** Rates agreed with vendors, newest start first within a model. */
export function OwnRates({ onAdd, onEdit }: { readonly onAdd: () => void; readonly onEdit: (rate: OwnRate) => void }) {
  const rates = useWorkbook((workbook) => workbook.records.rates)
  const sorted = Object.values(rates).sort(
    (a, b) => a.model.localeCompare(b.model) || (a.from ?? '').localeCompare(b.from ?? '') * -1,
  )
  return (
    <Panel
      title="Rates of your own"
      isFlush
      actions={
        <Button size="small" icon="plus" onPress={onAdd}>
          Add a rate
        </Button>
      }
    >
      {sorted.length === 0 ? (
        <p className="dim panel-note">
          None yet. A rate of your own comes before the list from its first day to its last: what a contract says, a
          model of your own, a region.
        </p>
      ) : (
        <Table label="Rates of your own">
          <thead>
            <tr>
              <th scope="col">Model</th>
              <th scope="col">Days</th>
              {PRICE_FIELDS.map(([field, name]) => (
                <th key={field} scope="col" className="number">
                  {name}
                </th>
              ))}
              <th scope="col">Source</th>
              <th scope="col">
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {sorted.map((rate) => (
              <tr key={rate.id}>
                <th scope="row">
                  <button type="button" className="link-button truncate" onClick={() => onEdit(rate)}>
                    {rate.model}
                  </button>
                </th>
                <td className="dim nowrap">
                  {rate.from === null ? 'from the beginning' : `since ${nameDay(rate.from)}`}
                  {rate.to === null ? '' : ` until ${nameDay(rate.to)}`}
                </td>
                {PRICE_FIELDS.map(([field]) => (
                  <td key={field} className="number">
                    {rate.perMillion[field] ?? <span className="faint">–</span>}
                  </td>
                ))}
                <td className="dim">{[rate.currency, rate.note].filter((part) => part !== '').join(', ')}</td>
                <td>
                  <DeletePrice of={`the rate of ${rate.model}`} change={withoutRate(rate.id)} />
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  )
}

/** What names in exports mean. */
export function OwnAliases({
  onAdd,
  onEdit,
}: {
  readonly onAdd: () => void
  readonly onEdit: (alias: ModelAlias) => void
}) {
  const aliases = useWorkbook((workbook) => workbook.records.modelAliases)
  const sorted = Object.values(aliases).sort((a, b) => a.written.localeCompare(b.written))
  return (
    <Panel
      title="Names of models"
      isFlush
      actions={
        <Button size="small" icon="plus" onPress={onAdd}>
          Add a name
        </Button>
      }
    >
      {sorted.length === 0 ? (
        <p className="dim panel-note">
          None yet. Names of the vendors are understood (“Claude Opus 4.5”, “anthropic/claude-4.5-opus-high”); a
          gateway’s own names (“team-default”) are not, until you say which model they are.
        </p>
      ) : (
        <Table label="Names of models">
          <TableHead columns={['Name in the export', 'is the model', { name: 'Actions', isHidden: true }]} />
          <tbody>
            {sorted.map((alias) => (
              <tr key={alias.id}>
                <th scope="row">
                  <button type="button" className="link-button truncate" onClick={() => onEdit(alias)}>
                    {alias.written}
                  </button>
                </th>
                <td>{alias.model}</td>
                <td>
                  <DeletePrice of={`the meaning of ${alias.written}`} change={withoutAlias(alias.id)} />
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  )
}

/** Deletes after showing what that re-prices. */
function DeletePrice({ of, change }: { readonly of: string; readonly change: PriceChange }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <IconButton label={`Delete ${of}`} icon="trash" onPress={() => setOpen(true)} />
      {isOpen && <ConfirmDelete of={of} change={change} onClose={() => setOpen(false)} />}
    </>
  )
}

function ConfirmDelete({
  of,
  change,
  onClose,
}: {
  readonly of: string
  readonly change: PriceChange
  readonly onClose: () => void
}) {
  const records = useWorkbook((workbook) => workbook.records)
  const changes = useAnswer(() => previewPrices(pricesAfter(records, change)), [of])
  return (
    <ConfirmDialog
      title={`Delete ${of}?`}
      isOpen
      onClose={onClose}
      onConfirm={() => {
        const rows = changes?.reduce((sum, one) => sum + one.rows, 0) ?? 0
        void reprice(`deletion of ${of}`, change, rows)
      }}
      confirmLabel="Delete and re-price"
    >
      <RepricePreview changes={changes} />
    </ConfirmDialog>
  )
}
