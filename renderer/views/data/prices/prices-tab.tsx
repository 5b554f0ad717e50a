import { useState } from 'react'
import { nameDay, namePeriod } from '../../../../shared/calendar/index.ts'
import { formatNanos, nanosOf } from '../../../../shared/money/index.ts'
import {
  LIST_DATE,
  type ModelAlias,
  type OwnRate,
  type PricedGroup,
  type Rate,
  tellUnpriced,
} from '../../../../shared/prices/index.ts'
import { pricingInForce } from '../../../commands/index.ts'
import {
  Amount,
  Button,
  Chip,
  Icon,
  Panel,
  Table,
  TableHead,
  countOf,
  formatCount,
  newId,
} from '../../../parts/index.ts'
import { useFigures } from '../../../stores/figures.ts'
import { useWorkbook } from '../../../stores/workbook.ts'
import { useAnswer } from '../use-answer.ts'
import { AliasDialog } from './alias-dialog.tsx'
import { OwnAliases, OwnRates } from './own-prices.tsx'
import { PricedRowsDialog } from './priced-rows-dialog.tsx'
import { draftOfRate, newRateDraft, type RateDraft } from './rate-draft.ts'
import { RateDialog } from './rate-dialog.tsx'
import './prices.css'

type Open =
  | { readonly kind: 'rate'; readonly id: string; readonly draft: RateDraft; readonly isNew: boolean }
  | { readonly kind: 'alias'; readonly alias: ModelAlias }
  | { readonly kind: 'rows'; readonly group: PricedGroup }

/** The price book: what estimates rest on, what waits for a price, and what the user adds to the list. */
export function PricesTab() {
  const of = useFigures((figures) => figures.of)
  const imports = useWorkbook((workbook) => workbook.imports)
  const records = useWorkbook((workbook) => workbook.records)
  const groups = useAnswer(pricingInForce, [of, imports, records.rates, records.modelAliases])
  const [open, setOpen] = useState<Open | null>(null)
  const currency = records.settings['settings']?.currency ?? 'USD'
  const priced = (groups ?? []).filter(({ why }) => why === null)
  const unpriced = (groups ?? []).filter(({ why }) => why !== null)
  const models = [...new Set((groups ?? []).flatMap(({ model, rate }) => [model, rate?.model ?? null]))].filter(
    (name) => name !== null,
  )
  const close = () => setOpen(null)
  const addRate = (model: string) =>
    setOpen({ kind: 'rate', id: newId('rate'), draft: newRateDraft(model, currency), isNew: true })
  const editRate = (rate: OwnRate) => setOpen({ kind: 'rate', id: rate.id, draft: draftOfRate(rate), isNew: false })
  const editAlias = (alias: ModelAlias) => setOpen({ kind: 'alias', alias })
  return (
    <>
      <p className="dim data-lead">
        Usage of tools that state no cost is estimated: by rates of your own first, then by the price list of{' '}
        {nameDay(LIST_DATE)}, each on the day of use. A cost that a file states is never replaced, and estimates are
        never added to it.
      </p>
      {unpriced.length > 0 && (
        <Waiting
          groups={unpriced}
          onRate={addRate}
          onAlias={(written) => editAlias({ id: newId('alias'), written, model: '' })}
          onRows={(group) => setOpen({ kind: 'rows', group })}
        />
      )}
      <InForce groups={groups === null ? null : priced} onRows={(group) => setOpen({ kind: 'rows', group })} />
      <OwnRates onAdd={() => addRate('')} onEdit={editRate} />
      <OwnAliases onAdd={() => editAlias({ id: newId('alias'), written: '', model: '' })} onEdit={editAlias} />
      {open?.kind === 'rate' && (
        <RateDialog id={open.id} first={open.draft} isNew={open.isNew} models={models} onClose={close} />
      )}
      {open?.kind === 'alias' && <AliasDialog first={open.alias} models={models} onClose={close} />}
      {open?.kind === 'rows' && <PricedRowsDialog group={open.group} onClose={close} />}
    </>
  )
}

function Waiting({
  groups,
  onRate,
  onAlias,
  onRows,
}: {
  readonly groups: readonly PricedGroup[]
  readonly onRate: (model: string) => void
  readonly onAlias: (model: string) => void
  readonly onRows: (group: PricedGroup) => void
}) {
  const rows = groups.reduce((sum, group) => sum + group.rows, 0)
  return (
    <Panel
      isFlush
      title={
        <>
          Waiting for a price{' '}
          <Chip tone="warn" icon="warning">
            {countOf(rows, 'row')} unpriced
          </Chip>
        </>
      }
    >
      <Table label="Models waiting for a price">
        <TableHead
          columns={[
            'Model as written',
            'Why',
            'Days',
            { name: 'Rows', isNumber: true },
            { name: 'Tokens', isNumber: true },
            { name: 'Actions', isHidden: true },
          ]}
        />
        <tbody>
          {groups.map((group) => (
            <tr key={keyOf(group)}>
              <th scope="row">
                <ModelName group={group} />
              </th>
              <td className="dim">{tellUnpriced(group.why!)}</td>
              <td className="dim nowrap">{group.from && group.to ? namePeriod(group.from, group.to) : 'no dates'}</td>
              <td className="number">
                <button type="button" className="link-button" onClick={() => onRows(group)}>
                  {formatCount(group.rows)}
                </button>
              </td>
              <td className="number">{group.tokens === null ? '–' : formatCount(group.tokens)}</td>
              <td>
                {group.model !== null && (
                  <div className="row waiting-actions">
                    <Button
                      size="small"
                      onPress={() => onRate(group.model!)}
                      aria-label={`Set a rate for ${group.model}`}
                    >
                      Set a rate
                    </Button>
                    <Button
                      size="small"
                      variant="ghost"
                      onPress={() => onAlias(group.model!)}
                      aria-label={`It is another model: ${group.model}`}
                    >
                      It is another model
                    </Button>
                  </div>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  )
}

function InForce({
  groups,
  onRows,
}: {
  readonly groups: readonly PricedGroup[] | null
  readonly onRows: (group: PricedGroup) => void
}) {
  if (groups === null || groups.length === 0) {
    return (
      <Panel title="Rates in force">
        <p className="dim">
          {groups === null
            ? 'Reading the facts…'
            : 'Nothing is estimated: every tool that was imported states its own cost, or no usage is imported yet.'}
        </p>
      </Panel>
    )
  }
  const totals = new Map<string, bigint>()
  for (const { rate, nanos } of groups) totals.set(rate!.currency, (totals.get(rate!.currency) ?? 0n) + nanos!)
  return (
    <Panel
      title={
        <>
          Rates in force <span className="small faint regular">price of a million tokens</span>
        </>
      }
      isFlush
    >
      <Table label="Rates in force">
        <thead>
          <tr>
            <th scope="col">Model as written</th>
            <th scope="col">Rate</th>
            {['Input', 'Write 5 min', 'Write 1 h', 'Cache read', 'Output'].map((name) => (
              <th key={name} scope="col" className="number">
                {name}
              </th>
            ))}
            <th scope="col" className="number">
              Rows
            </th>
            <th scope="col" className="number">
              Tokens
            </th>
            <th scope="col" className="number">
              Estimated
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={keyOf(group)}>
              <th scope="row">
                <ModelName group={group} />
              </th>
              <td>
                <RateSource rate={group.rate!} terms={group.terms} />
              </td>
              {(['uncachedInput', 'cacheWrite5m', 'cacheWrite1h', 'cacheRead', 'output'] as const).map((bucket) => (
                <td key={bucket} className="number">
                  {group.rate!.perMillion[bucket] === null ? (
                    <span className="faint">–</span>
                  ) : (
                    formatNanos(group.rate!.perMillion[bucket])
                  )}
                </td>
              ))}
              <td className="number">{formatCount(group.rows)}</td>
              <td className="number">{group.tokens === null ? '–' : formatCount(group.tokens)}</td>
              <td className="number">
                <button type="button" className="link-button" onClick={() => onRows(group)}>
                  <Amount amount={formatNanos(group.nanos!)} currency={group.rate!.currency} />
                </button>
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          {[...totals].map(([currency, nanos]) => (
            <tr key={currency}>
              <th scope="row" colSpan={9}>
                Estimated together{totals.size > 1 ? `, ${currency}` : ''}
              </th>
              <td className="number">
                <Amount amount={formatNanos(nanosOf(nanos))} currency={currency} />
              </td>
            </tr>
          ))}
        </tfoot>
      </Table>
    </Panel>
  )
}

function ModelName({ group: { model, tool } }: { readonly group: PricedGroup }) {
  return (
    <span className="price-model">
      <span className="truncate" title={model ?? undefined}>
        {model ?? 'Model not named'}
      </span>
      <span className="small faint">{tool ?? 'Tool not named'}</span>
    </span>
  )
}

function RateSource({ rate, terms }: { readonly rate: Rate; readonly terms: string }) {
  const since = rate.from === null ? null : `since ${nameDay(rate.from)}`
  const until = rate.to === null ? null : `until ${nameDay(rate.to)}`
  return (
    <span className="price-model">
      <span className="row">
        <Chip tone={rate.source === 'own' ? 'accent' : 'neutral'}>{rate.source === 'own' ? 'own' : 'list'}</Chip>
        <span className="truncate">{rate.model}</span>
        {rate.longPrompts.length > 0 && (
          <span
            title={`Prompts above ${formatCount(rate.longPrompts[0]!.above)} tokens cost more where one is surely so long`}
          >
            <Icon name="info" size={14} />
          </span>
        )}
      </span>
      <span className="small faint">
        {[since, until, terms].filter((part) => part).join(', ') || 'from the beginning'}
      </span>
    </span>
  )
}

function keyOf({ tool, model, rate, terms, why }: PricedGroup): string {
  return JSON.stringify([tool, model, rate?.source, rate?.model, rate?.from, terms, why])
}
