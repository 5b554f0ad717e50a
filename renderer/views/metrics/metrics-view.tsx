import { useCallback, useState } from 'react'
import { nameDay } from '../../../shared/calendar/index.ts'
import { METRIC_GROUPS, type SeriesStep, type Wall, type WallNumber } from '../../../shared/metrics/index.ts'
import { listMetrics, saveMetricsCsv } from '../../commands/index.ts'
import {
  Button,
  EmptyState,
  Page,
  PageHeader,
  Panel,
  Select,
  Table,
  Tabs,
  UnknownMark,
  formatUnits,
} from '../../parts/index.ts'
import { useAsked } from '../../measured/use-asked.ts'
import { useWorkbook } from '../../stores/workbook.ts'
import { importFiles } from '../import-files.ts'
import { tellChange, tellCoverage } from '../../measured/metric-words.ts'
import { ComparePanel } from './compare-panel.tsx'
import { FunnelPanel } from './funnel-panel.tsx'
import { MetricDetail } from './metric-detail.tsx'
import { ReadinessPanel } from './readiness-panel.tsx'
import { LENGTHS, type LengthId, STEPS, daysOfLength, nameShortUnknown } from './metric-choices.ts'
import './metrics.css'

/** Every metric over a chosen length, and one of them in full: by step, by dimension, against the period before. */
export function MetricsView() {
  const hasImports = useWorkbook((workbook) => workbook.imports.length > 0)
  const currency = useWorkbook((workbook) => workbook.records.settings['settings']?.currency ?? 'USD')
  const fiscal = useWorkbook((workbook) => workbook.records.settings['settings']?.fiscal)
  const [length, setLength] = useState<LengthId>('28')
  const [step, setStep] = useState<SeriesStep>('week')
  const [chosen, setChosen] = useState('cycle-time')
  const days = daysOfLength(length)
  const listed = useAsked(useCallback(() => listMetrics(days), [days]))
  const wall = listed === 'working' ? null : listed
  if (!hasImports)
    return (
      <Page>
        <PageHeader title="Metrics">Flow, token economy, quality, load, creativity footprint</PageHeader>
        <Panel>
          <EmptyState
            icon="metrics"
            title="Nothing is imported yet"
            action={
              <Button variant="primary" icon="import" onPress={importFiles}>
                Import files
              </Button>
            }
          >
            Metrics are measured from usage exports, git history and pull requests; each says which it still needs.
          </EmptyState>
        </Panel>
      </Page>
    )
  const number = wall?.numbers.find(({ metricId }) => metricId === chosen)
  return (
    <Page>
      <PageHeader
        title="Metrics"
        actions={
          <>
            <Select label="Period" look="bar" isLabelHidden value={length} onChange={setLength} choices={LENGTHS} />
            <Select label="Step" look="bar" isLabelHidden value={step} onChange={setStep} choices={STEPS} />
            <Button icon="export" onPress={() => void saveMetricsCsv(step, Math.max(days, 91))}>
              Export CSV
            </Button>
          </>
        }
      >
        {wall?.asOf ? (
          <>
            The {days} days to {nameDay(wall.asOf)}, beside the {days} before
          </>
        ) : (
          'Every number says what it is made of and how much of that is known'
        )}
      </PageHeader>
      <Tabs
        label="Metrics"
        tabs={[
          {
            id: 'metrics',
            label: 'All metrics',
            content: (
              <div className="metrics-columns">
                <Panel isFlush className="metrics-list">
                  {wall ? (
                    <MetricTable wall={wall} currency={currency} chosen={chosen} onChoose={setChosen} />
                  ) : (
                    <p className="dim panel-note" role="status">
                      Measuring…
                    </p>
                  )}
                </Panel>
                {number && (
                  <MetricDetail number={number} step={step} days={days} currency={currency} asOf={wall?.asOf ?? null} />
                )}
              </div>
            ),
          },
          ...(wall?.asOf
            ? [
                {
                  id: 'funnel',
                  label: 'Funnel',
                  content: (
                    <div className="metrics-detail">
                      <FunnelPanel asOf={wall.asOf} days={days} currency={currency} />
                    </div>
                  ),
                },
              ]
            : []),
          ...(wall?.asOf && fiscal
            ? [
                {
                  id: 'compare',
                  label: 'Two periods',
                  content: <ComparePanel asOf={wall.asOf} fiscal={fiscal} currency={currency} />,
                },
              ]
            : []),
          {
            id: 'readiness',
            label: 'Readiness',
            content: (
              <div className="metrics-detail">
                <ReadinessPanel />
              </div>
            ),
          },
        ]}
      />
    </Page>
  )
}

function MetricTable({
  wall,
  currency,
  chosen,
  onChoose,
}: {
  readonly wall: Wall
  readonly currency: string
  readonly chosen: string
  readonly onChoose: (id: string) => void
}) {
  return (
    <Table label="All metrics">
      <thead>
        <tr>
          <th scope="col">Metric</th>
          <th scope="col" className="number">
            Value
          </th>
          <th scope="col" className="number">
            Change
          </th>
        </tr>
      </thead>
      {METRIC_GROUPS.map((group) => (
        <tbody key={group.id}>
          <tr className="metrics-group">
            <th scope="rowgroup" colSpan={3}>
              {group.name}
            </th>
          </tr>
          {group.metrics.map(({ id }) => {
            const number = wall.numbers.find(({ metricId }) => metricId === id)
            return (
              number && (
                <MetricRow
                  key={id}
                  number={number}
                  currency={currency}
                  isChosen={id === chosen}
                  onChoose={() => onChoose(id)}
                />
              )
            )
          })}
        </tbody>
      ))}
    </Table>
  )
}

function MetricRow({
  number,
  currency,
  isChosen,
  onChoose,
}: {
  readonly number: WallNumber
  readonly currency: string
  readonly isChosen: boolean
  readonly onChoose: () => void
}) {
  const { current, name, unit } = number
  const change = tellChange(number)
  return (
    <tr className={isChosen ? 'chosen' : undefined}>
      <th scope="row">
        <button type="button" className="metrics-choose" aria-pressed={isChosen} onClick={onChoose}>
          {name}
        </button>
      </th>
      <td className="number nowrap" title={current.known ? tellCoverage(current.coverage) : undefined}>
        {current.known ? (
          <>
            {formatUnits(current.value, unit, currency, 'column')}
            {current.quality !== 'exact' && (
              <span className="quality-mark" title={current.note}>
                ~
              </span>
            )}
          </>
        ) : (
          <>
            <UnknownMark why={current.why} isQuiet label={nameShortUnknown(current.why)} />
          </>
        )}
      </td>
      <td
        className={`number nowrap ${!number.interval ? 'dim' : change.kind === 'favourable' ? 'good' : change.kind === 'unfavourable' ? 'bad' : 'dim'}`}
        title={number.interval ? change.kind : 'How much of this is chance is not known'}
      >
        {change.kind === 'unknown' ? '–' : change.kind === 'within noise' ? 'noise' : change.size}
      </td>
    </tr>
  )
}
