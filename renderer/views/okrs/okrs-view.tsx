import { useMemo, useState } from 'react'
import { type Day, dayIn, fiscalQuarterOf, nameQuarter, type MonthKey } from '../../../shared/calendar/index.ts'
import { instantOf } from '../../../shared/quantities/index.ts'
import type { KeyResult, Objective } from '../../../shared/okr/index.ts'
import type { WorkbookRecords, WorkbookSettings } from '../../../shared/workbook/index.ts'
import { editRecords, showToast, undo } from '../../commands/index.ts'
import { Button, EmptyState, Page, PageHeader, Panel, countOf } from '../../parts/index.ts'
import { useWorkbook } from '../../stores/workbook.ts'
import { newId } from '../../parts/new-id.ts'
import { nextOrder } from '../../parts/next-order.ts'
import { CheckInDialog } from './check-in-dialog.tsx'
import { finishDraft } from './key-result-draft.ts'
import { useFigureSources } from '../figure-sources.ts'
import { keyResultBudgets } from './key-result-budgets.ts'
import { KeyResultDialog } from './key-result-dialog.tsx'
import { ObjectiveDialog } from './objective-dialog.tsx'
import {
  inOrder,
  putKeyResult,
  putObjective,
  withCheckIns,
  withoutKeyResult,
  withoutObjective,
} from './objective-edits.ts'
import { ObjectivePanel } from './objective-panel.tsx'
import './okrs.css'

type Open =
  | { readonly kind: 'objective'; readonly objective: Objective | null }
  | { readonly kind: 'key result'; readonly objectiveId: string; readonly keyResult: KeyResult | null }
  | { readonly kind: 'check-in'; readonly keyResultId: string; readonly today: Day }
  | null

/** Objectives with their key results: what is measured or checked in, and how far it has come. */
export function OkrsView() {
  const settings = useWorkbook((workbook) => workbook.records.settings['settings'])
  const records = useWorkbook((workbook) => workbook.records)
  const [open, setOpen] = useState<Open>(null)
  const { rows, initiatives } = records
  const sources = useFigureSources()
  const quarterStart = settings?.quarterStart
  const fiscal = settings?.fiscal
  const budgets = useMemo(
    () =>
      quarterStart === undefined || !fiscal
        ? new Map()
        : keyResultBudgets({ rows, initiatives }, quarterStart as MonthKey, fiscal, sources),
    [rows, initiatives, quarterStart, fiscal, sources],
  )
  if (!settings) return null
  const quarter = fiscalQuarterOf(settings.quarterStart as MonthKey, settings.fiscal)
  const objectives = inOrder(records.objectives)
  const shown = objectives.filter((objective) => objective.quarter === settings.quarterStart)
  const elsewhere = objectives.length - shown.length
  return (
    <Page>
      <PageHeader
        title="OKRs"
        actions={
          shown.length > 0 && (
            <Button icon="plus" variant="primary" onPress={() => setOpen({ kind: 'objective', objective: null })}>
              Objective
            </Button>
          )
        }
      >
        {nameQuarter(quarter)}
        {elsewhere > 0 && ` · ${countOf(elsewhere, 'objective')} in other quarters`}
      </PageHeader>
      {shown.length === 0 && (
        <Panel>
          <EmptyState
            icon="target"
            title={`No objective in ${nameQuarter(quarter)} yet`}
            action={
              <Button variant="primary" icon="plus" onPress={() => setOpen({ kind: 'objective', objective: null })}>
                Add an objective
              </Button>
            }
          >
            Every dollar of the plan can then point at a key result, and scenarios tell the odds of reaching it.
          </EmptyState>
        </Panel>
      )}
      {shown.map((objective) => (
        <ObjectivePanel
          key={objective.id}
          objective={objective}
          settings={settings}
          budgets={budgets}
          onEdit={() => setOpen({ kind: 'objective', objective })}
          onDelete={() =>
            removeWithUndo('deletion of an objective', objective.name, (all) => withoutObjective(all, objective.id))
          }
          onAdd={() => setOpen({ kind: 'key result', objectiveId: objective.id, keyResult: null })}
          onEditKeyResult={(keyResult) => setOpen({ kind: 'key result', objectiveId: objective.id, keyResult })}
          onDeleteKeyResult={(keyResult) =>
            removeWithUndo('deletion of a key result', keyResult.name, (all) => withoutKeyResult(all, keyResult.id))
          }
          onCheckIn={(keyResult) =>
            setOpen({
              kind: 'check-in',
              keyResultId: keyResult.id,
              today: dayIn(instantOf(Date.now()), settings.zone),
            })
          }
        />
      ))}
      <OpenDialog open={open} settings={settings} onClose={() => setOpen(null)} />
    </Page>
  )
}

function removeWithUndo(label: string, name: string, change: (records: WorkbookRecords) => WorkbookRecords): void {
  void editRecords(label, change).then(() =>
    showToast(`“${name}” is deleted.`, { action: { label: 'Undo', run: () => void undo() } }),
  )
}

function OpenDialog({
  open,
  settings,
  onClose,
}: {
  readonly open: Open
  readonly settings: WorkbookSettings
  readonly onClose: () => void
}) {
  const keyResults = useWorkbook((workbook) => workbook.records.keyResults)
  if (open === null) return null
  if (open.kind === 'objective')
    return (
      <ObjectiveDialog
        objective={open.objective}
        onClose={onClose}
        onSave={(name, owner) => {
          const former = open.objective
          void editRecords(former ? 'change of an objective' : 'new objective', (records) =>
            putObjective(records, {
              id: former?.id ?? newId('objective'),
              quarter: former?.quarter ?? settings.quarterStart,
              order: former?.order ?? nextOrder(records.objectives),
              name,
              owner,
            }),
          )
        }}
      />
    )
  if (open.kind === 'key result')
    return (
      <KeyResultDialog
        keyResult={open.keyResult}
        currency={settings.currency}
        onClose={onClose}
        onSave={(draft) => {
          const made = { id: newId('key-result'), objectiveId: open.objectiveId }
          void editRecords(open.keyResult ? 'change of a key result' : 'new key result', (records) =>
            putKeyResult(
              records,
              finishDraft(draft, open.keyResult, { ...made, order: nextOrder(records.keyResults) }),
            ),
          )
        }}
      />
    )
  const keyResult = keyResults[open.keyResultId]
  if (keyResult?.source.kind !== 'entered') return null
  return (
    <CheckInDialog
      keyResult={keyResult}
      checkIns={keyResult.source.checkIns}
      currency={settings.currency}
      today={open.today}
      onClose={onClose}
      onChange={(label, checkIns) =>
        void editRecords(label, (records) => putKeyResult(records, withCheckIns(keyResult, checkIns)))
      }
    />
  )
}
