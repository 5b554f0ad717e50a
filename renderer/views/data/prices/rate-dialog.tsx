import { useState } from 'react'
import { previewPrices } from '../../../commands/index.ts'
import { Button, ComboBox, Dialog, TextField } from '../../../parts/index.ts'
import { useWorkbook } from '../../../stores/workbook.ts'
import { useAnswerWhileTyping } from '../use-answer.ts'
import { pricesAfter, reprice, withRate } from './price-edits.ts'
import { PRICE_FIELDS, type PriceField, type RateDraft, readRateDraft } from './rate-draft.ts'
import { RepricePreview } from './reprice-preview.tsx'

/** A rate of one's own: typed, its effect shown, then kept as one step that can be undone. */
export function RateDialog({
  id,
  first,
  isNew,
  models,
  onClose,
}: {
  readonly id: string
  readonly first: RateDraft
  readonly isNew: boolean
  /** Names to pick from. */
  readonly models: readonly string[]
  readonly onClose: () => void
}) {
  const [draft, setDraft] = useState(first)
  const [isTried, setTried] = useState(false)
  const [isLong, setLong] = useState(first.longAbove !== '')
  const records = useWorkbook((workbook) => workbook.records)
  const { rate, problems } = readRateDraft(id, draft)
  const asked = rate === null ? '' : JSON.stringify(rate)
  const changes = useAnswerWhileTyping(
    () => (rate === null ? Promise.resolve(null) : previewPrices(pricesAfter(records, withRate(rate)))),
    [asked, records],
  )
  const change = (part: Partial<RateDraft>) => setDraft({ ...draft, ...part })
  const problem = (field: keyof RateDraft | PriceField) => (isTried ? (problems[field] ?? null) : null)

  function keep() {
    setTried(true)
    if (rate === null) return
    const rows = changes?.reduce((sum, one) => sum + one.rows, 0) ?? 0
    void reprice(`rate of ${rate.model}`, withRate(rate), rows)
    onClose()
  }

  return (
    <Dialog
      title={isNew ? 'A rate of your own' : `Rate of ${first.model}`}
      isOpen
      onClose={onClose}
      size="wide"
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" onPress={keep}>
            Keep and re-price
          </Button>
        </>
      }
    >
      <div className="stack">
        <div className="form-grid two">
          <ComboBox
            label="Model"
            value={draft.model}
            onChange={(model) => change({ model })}
            choices={models.map((name) => ({ id: name, label: name }))}
            placeholder="as the export writes it"
            description={problem('model') && <span className="bad">{problem('model')}</span>}
          />
          <TextField
            label="Currency"
            value={draft.currency}
            onChange={(currency) => change({ currency })}
            problem={problem('currency')}
          />
          <TextField
            label="From"
            type="date"
            value={draft.from}
            onChange={(from) => change({ from })}
            problem={problem('from')}
            description="First day it holds; empty: from the beginning."
          />
          <TextField
            label="Until"
            type="date"
            value={draft.to}
            onChange={(to) => change({ to })}
            problem={problem('to')}
            description="Last day it holds; empty: until another begins."
          />
        </div>
        <PriceRow
          legend="Price of a million tokens"
          prices={draft.prices}
          problem={problem}
          onChange={(prices) => change({ prices })}
        />
        {problem('prices') && <p className="small bad">{problem('prices')}</p>}
        <div className="form-grid two">
          <TextField
            label="Batch factor"
            value={draft.batch}
            onChange={(batch) => change({ batch })}
            problem={problem('batch')}
            placeholder="0.5"
            description="On tokens sent as a batch; empty: batches stay unpriced."
          />
          <TextField
            label="Region factors"
            value={draft.regions}
            onChange={(regions) => change({ regions })}
            problem={problem('regions')}
            placeholder="us 1.1"
            description="Where the export names a region; one that is not named stays unpriced."
          />
        </div>
        {isLong ? (
          <>
            <TextField
              label="Prompts longer than, tokens"
              value={draft.longAbove}
              onChange={(longAbove) => change({ longAbove })}
              problem={problem('longAbove')}
              placeholder="200000"
              description="Applied where one request is surely longer; sums of many requests take the price above."
            />
            <PriceRow
              legend="Price of a million tokens of long prompts; empty: as above"
              prices={draft.longPrices}
              problem={() => null}
              onChange={(longPrices) => change({ longPrices })}
            />
          </>
        ) : (
          <div>
            <Button size="small" variant="ghost" icon="plus" onPress={() => setLong(true)}>
              Long prompts cost otherwise
            </Button>
          </div>
        )}
        <TextField
          label="Where it is from"
          value={draft.note}
          onChange={(note) => change({ note })}
          placeholder="Contract, quote or page, with its day"
        />
        {rate === null ? (
          <p className="dim">What it would change shows here as soon as the model and a price are there.</p>
        ) : (
          <RepricePreview changes={changes} />
        )}
      </div>
    </Dialog>
  )
}

function PriceRow({
  legend,
  prices,
  problem,
  onChange,
}: {
  readonly legend: string
  readonly prices: RateDraft['prices']
  readonly problem: (field: PriceField) => string | null
  readonly onChange: (prices: RateDraft['prices']) => void
}) {
  return (
    <fieldset className="price-row">
      <legend className="field-label">{legend}</legend>
      {PRICE_FIELDS.map(([field, label]) => (
        <TextField
          key={field}
          label={label}
          value={prices[field]}
          onChange={(text) => onChange({ ...prices, [field]: text })}
          problem={problem(field)}
          placeholder="–"
        />
      ))}
    </fieldset>
  )
}
