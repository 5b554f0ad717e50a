import { useState } from 'react'
import type { ModelAlias } from '../../../../shared/prices/index.ts'
import { previewPrices } from '../../../commands/index.ts'
import { Button, ComboBox, Dialog, TextField } from '../../../parts/index.ts'
import { useWorkbook } from '../../../stores/workbook.ts'
import { useAnswerWhileTyping } from '../use-answer.ts'
import { pricesAfter, reprice, withAlias } from './price-edits.ts'
import { RepricePreview } from './reprice-preview.tsx'

/** What a name in an export means: the tokens under it take the price of another. */
export function AliasDialog({
  first,
  models,
  onClose,
}: {
  readonly first: ModelAlias
  readonly models: readonly string[]
  readonly onClose: () => void
}) {
  const [written, setWritten] = useState(first.written)
  const [model, setModel] = useState(first.model)
  const records = useWorkbook((workbook) => workbook.records)
  const isWhole = written.trim() !== '' && model.trim() !== ''
  const alias = { id: first.id, written: written.trim(), model: model.trim() }
  const changes = useAnswerWhileTyping(
    () => (isWhole ? previewPrices(pricesAfter(records, withAlias(alias))) : Promise.resolve(null)),
    [alias.written, alias.model, records],
  )
  return (
    <Dialog
      title="What a model name means"
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            variant="primary"
            isDisabled={!isWhole}
            onPress={() => {
              const rows = changes?.reduce((sum, one) => sum + one.rows, 0) ?? 0
              void reprice(`meaning of ${alias.written}`, withAlias(alias), rows)
              onClose()
            }}
          >
            Keep and re-price
          </Button>
        </>
      }
    >
      <div className="stack">
        <TextField label="Name in the export" value={written} onChange={setWritten} />
        <ComboBox
          label="is the model"
          value={model}
          onChange={setModel}
          choices={models.map((name) => ({ id: name, label: name }))}
          placeholder="claude-sonnet-5"
          description="A name of the price list or of a rate of your own."
        />
        {isWhole && <RepricePreview changes={changes} />}
      </div>
    </Dialog>
  )
}
