import { useState } from 'react'
import { nameDay, namePeriod } from '../../../shared/calendar/index.ts'
import type { ImportRecord, KeptAside } from '../../../shared/importers/index.ts'
import { downloadKeptAside, keptAsideOf, readKeptFile, takeBackImport } from '../../commands/index.ts'
import {
  Button,
  ConfirmDialog,
  Dialog,
  Icon,
  Menu,
  Panel,
  Table,
  TableHead,
  countOf,
  formatCount,
} from '../../parts/index.ts'
import { Button as AriaButton } from 'react-aria-components/Button'
import { countedElsewhere } from './counted-elsewhere.ts'
import { MainCost } from './main-cost.tsx'
import { FileTotals } from './file-totals.tsx'
import { KeptAsideTable } from './kept-aside-table.tsx'
import { tellOnScreen } from './import-questions.ts'

/** What was imported, newest first; each can be looked into and taken back whole. */
export function ImportHistory({ imports }: { readonly imports: readonly ImportRecord[] }) {
  const [toTakeBack, setToTakeBack] = useState<ImportRecord | null>(null)
  const [shown, setShown] = useState<ImportRecord | null>(null)
  const newestFirst = [...imports].sort((a, b) => b.seq - a.seq)
  return (
    <Panel title="Imported" isFlush>
      <Table label="Imported files">
        <TableHead
          columns={[
            'File',
            'Period',
            { name: 'New', isNumber: true },
            { name: 'Changed', isNumber: true },
            { name: 'Duplicate', isNumber: true },
            { name: 'Kept aside', isNumber: true },
            { name: 'Cost', isNumber: true },
            'Imported',
            { name: 'Actions', isHidden: true },
          ]}
        />
        <tbody>
          {newestFirst.map((record) => (
            <tr key={record.id}>
              <th scope="row">
                <button type="button" className="link-button truncate import-name" onClick={() => setShown(record)}>
                  {record.fileName}
                </button>
                <span className="small faint">{record.formatName}</span>
              </th>
              <td className="dim nowrap">
                {record.period ? namePeriod(record.period.from, record.period.to) : 'no dates'}
              </td>
              <Count value={record.counts.new} />
              <Count value={record.counts.changed} />
              <Count value={record.counts.duplicate} />
              <td className="number">
                {record.counts.keptAside === 0 ? (
                  <span className="faint">0</span>
                ) : (
                  <button type="button" className="link-button warn" onClick={() => setShown(record)}>
                    {formatCount(record.counts.keptAside)}
                  </button>
                )}
              </td>
              <td className="number">
                <MainCost totals={record.totals} />
              </td>
              <td className="dim nowrap" title={tellWhen(record)}>
                {tellMoment(record.committedAt).replace(/, \d\d:\d\d$/, '')}
                {record.by !== undefined && <span className="small faint import-by truncate">{record.by}</span>}
              </td>
              <td>
                <Menu
                  label={`Actions for ${record.fileName}`}
                  entries={[
                    { id: 'look', label: 'Look into it', icon: 'info', run: () => setShown(record) },
                    ...(record.counts.keptAside > 0
                      ? [
                          {
                            id: 'download',
                            label: 'Download rows kept aside',
                            icon: 'export' as const,
                            run: () => void downloadKeptAside(record.id),
                          },
                        ]
                      : []),
                    {
                      id: 'again',
                      label: 'Read its file again',
                      icon: 'redo' as const,
                      run: () => void readKeptFile(record.id),
                    },
                    { id: 'back', label: 'Take back…', icon: 'undo', isDanger: true, run: () => setToTakeBack(record) },
                  ]}
                >
                  <AriaButton className="icon-button ghost quiet" aria-label={`Actions for ${record.fileName}`}>
                    <Icon name="more" />
                  </AriaButton>
                </Menu>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {shown && (
        <ImportDialog
          record={shown}
          imports={imports}
          onClose={() => setShown(null)}
          onTakeBack={() => setToTakeBack(shown)}
        />
      )}
      <ConfirmDialog
        title={`Take back ${toTakeBack?.fileName ?? ''}?`}
        isOpen={toTakeBack !== null}
        onClose={() => setToTakeBack(null)}
        onConfirm={() => {
          if (toTakeBack) void takeBackImport(toTakeBack.id)
          setShown(null)
        }}
        confirmLabel="Take back"
      >
        <p>
          Everything this file brought leaves the workbook (
          {countOf((toTakeBack?.counts.new ?? 0) + (toTakeBack?.counts.changed ?? 0), 'row')}
          ), and figures are worked out again. What other files say about the same records stays. You can import the
          file again.
        </p>
      </ConfirmDialog>
    </Panel>
  )
}

function Count({ value }: { readonly value: number }) {
  return <td className={value === 0 ? 'number faint' : 'number'}>{formatCount(value)}</td>
}

function ImportDialog({
  record,
  imports,
  onClose,
  onTakeBack,
}: {
  readonly record: ImportRecord
  readonly imports: readonly ImportRecord[]
  readonly onClose: () => void
  readonly onTakeBack: () => void
}) {
  const [rows, setRows] = useState<readonly KeptAside[] | null>(null)
  const elsewhere = countedElsewhere(record, imports)
  return (
    <Dialog
      title={record.fileName}
      isOpen
      onClose={onClose}
      size="wide"
      footer={
        <>
          {record.counts.keptAside > 0 && (
            <Button icon="export" onPress={() => void downloadKeptAside(record.id)}>
              Download rows kept aside
            </Button>
          )}
          <div className="grow" />
          <Button variant="danger" onPress={onTakeBack}>
            Take back…
          </Button>
        </>
      }
    >
      <p className="dim">
        {record.formatName}, {countOf(record.counts.rows, 'row')}
        {record.period && `, ${namePeriod(record.period.from, record.period.to)}`}. Imported {tellWhen(record)}.
      </p>
      <FileTotals totals={record.totals} />
      {elsewhere.map((line) => (
        <p key={line} className="row">
          <Icon name="info" />
          {line}
        </p>
      ))}
      {record.notes.map((note) => (
        <p key={note.code} className="small dim">
          {tellOnScreen(note)}
        </p>
      ))}
      {record.counts.keptAside > 0 &&
        (rows === null ? (
          <Button size="small" onPress={() => void keptAsideOf(record.id).then(setRows)}>
            {`Show ${countOf(record.counts.keptAside, 'row')} kept aside`}
          </Button>
        ) : (
          <KeptAsideTable rows={rows} total={record.counts.keptAside} />
        ))}
    </Dialog>
  )
}

/** `5 Nov 2026, 09:30 by Ada`, or what to do for a name to stand there. */
function tellWhen({ committedAt, by }: ImportRecord): string {
  const who = by === undefined ? ' (whoever imports can say their name in Settings)' : ` by ${by}`
  return `${tellMoment(committedAt)}${who}`
}

/** `5 Nov 2026, 09:30`, in the time of this machine. */
function tellMoment(at: number): string {
  const moment = new Date(at)
  const two = (part: number) => String(part).padStart(2, '0')
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`
  return `${nameDay(day)}, ${two(moment.getHours())}:${two(moment.getMinutes())}`
}
