import { useEffect, useState } from 'react'
import { type FoundConventions, WAIT_CAUSES, type WaitCause } from '../../../shared/metrics/index.ts'
import type { WorkbookSettings } from '../../../shared/workbook/index.ts'
import { foundConventions } from '../../commands/index.ts'
import { editWaitCause } from '../../measured/wait-cause-edits.ts'
import { useAsked } from '../../measured/use-asked.ts'
import {
  Button,
  Checkbox,
  NumberField,
  Panel,
  Select,
  Table,
  TextField,
  formatCount,
  formatUnits,
} from '../../parts/index.ts'
import { withFeatureType, withPatterns, withWaiting } from './convention-edits.ts'
import { EffectLine } from './effect-line.tsx'
import { editSettings } from './edit-settings.ts'
import { readWordList, writeWordList } from './word-list.ts'
import { WorkingHours } from './working-hours.tsx'

/** The conventions metrics rest on: what the imported data hold, how it is read, and what that makes of the numbers. */
export function WhatCounts({ settings }: { readonly settings: WorkbookSettings }) {
  const asked = useAsked(foundConventions)
  const [kept, setKept] = useState<FoundConventions | null>(null)
  useEffect(() => {
    if (asked !== 'working') setKept(asked)
  }, [asked])
  const found = asked === 'working' ? kept : asked
  return (
    <>
      <Panel title="What counts as what">
        <div className="stack">
          <WordList
            label="Marks of a feature"
            words={settings.featureMarks}
            onChange={(featureMarks) => editSettings({ featureMarks }, 'feature marks')}
            description="Labels or title prefixes that make a merged pull request a feature while no tracker is imported, with commas between: feature, feat."
          />
          <WordList
            label="Production environments"
            words={settings.productionEnvironments}
            onChange={(productionEnvironments) => editSettings({ productionEnvironments }, 'production environments')}
            description="Empty: every environment that is named like production."
          />
        </div>
      </Panel>
      <FeatureTypes settings={settings} found={found} />
      <Waits settings={settings} found={found} />
      <WorkingHours settings={settings} found={found} />
      <Thresholds settings={settings} found={found} />
      <CodePaths settings={settings} found={found} />
    </>
  )
}

interface Convention {
  readonly settings: WorkbookSettings
  readonly found: FoundConventions | null
}

function FeatureTypes({ settings, found }: Convention) {
  return (
    <Panel
      title="Work items that are features"
      actions={
        settings.featureTypes && (
          <Button size="small" onPress={() => editSettings({ featureTypes: undefined }, 'types of features')}>
            As usual
          </Button>
        )
      }
    >
      <div className="stack">
        <p className="small dim">
          As usual: epics, else features, else stories, whichever are finished. An item below another feature is a part
          of that one.
        </p>
        {found === null || found.types.length === 0 ? (
          <p className="dim">
            No work items are imported: merged pull requests that bear a mark are the features. Import issues of Jira,
            Linear, GitHub or Azure DevOps to name their types here.
          </p>
        ) : (
          <Table label="Types of work items">
            <thead>
              <tr>
                <th scope="col">Type</th>
                <th scope="col" className="number">
                  Items
                </th>
                <th scope="col" className="number">
                  Finished
                </th>
                <th scope="col">Read as</th>
              </tr>
            </thead>
            <tbody>
              {found.types.map(({ name, items, finished, isFeature }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td className="number">{formatCount(items)}</td>
                  <td className="number">{formatCount(finished)}</td>
                  <td>
                    <Checkbox
                      isSelected={isFeature}
                      onChange={(next) =>
                        editSettings(withFeatureType(settings, found.types, name, next), `features of type ${name}`)
                      }
                    >
                      <span className="visually-hidden">{name} is </span>a feature
                    </Checkbox>
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
        <EffectLine found={found} metricId="token-cost-per-shipped-feature" currency={settings.currency} />
      </div>
    </Panel>
  )
}

const CAUSES = WAIT_CAUSES.map((id) => ({ id, label: id }))

function CauseSelect({ name, cause }: { readonly name: string; readonly cause: WaitCause }) {
  return (
    <Select
      label={`What “${name}” is about`}
      isLabelHidden
      look="bar"
      value={cause}
      onChange={(next) => editWaitCause(name, next)}
      choices={CAUSES}
    />
  )
}

const CLASS_WORDS = { working: 'somebody works', done: 'done' } as const

function Waits({ settings, found }: Convention) {
  const isSet = settings.waitingStatuses !== undefined || settings.waitCauses !== undefined
  const statuses = found?.statuses ?? []
  return (
    <Panel
      title="What waits, and what the wait is about"
      actions={
        isSet && (
          <Button
            size="small"
            onPress={() => editSettings({ waitingStatuses: undefined, waitCauses: undefined }, 'what waits')}
          >
            As usual
          </Button>
        )
      }
    >
      <div className="stack">
        <p className="small dim">
          People: it waits for somebody’s attention. Tooling: for builds, environments and release gates. Ownership:
          nobody feels responsible for the next step. Statuses are told by their names until you say what waits.
        </p>
        <Table label="What waits">
          <thead>
            <tr>
              <th scope="col">Stage or status</th>
              <th scope="col" className="number">
                Items
              </th>
              <th scope="col" className="number">
                Stood in it
              </th>
              <th scope="col">Read as</th>
              <th scope="col">About</th>
            </tr>
          </thead>
          <tbody>
            {found?.stages.map(({ name, cause }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="number faint">pull requests</td>
                <td />
                <td className="dim">waits</td>
                <td>
                  <CauseSelect name={name} cause={cause} />
                </td>
              </tr>
            ))}
            {statuses.map(({ name, items, hours, class: read, cause }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="number">{formatCount(items)}</td>
                <td className="number dim">{hours > 0 ? formatUnits(hours, 'h', settings.currency, 'column') : '–'}</td>
                <td>
                  {read === 'done' ? (
                    <span className="dim">{CLASS_WORDS.done}</span>
                  ) : (
                    <Checkbox
                      isSelected={read === 'waiting'}
                      onChange={(next) =>
                        editSettings(withWaiting(settings, statuses, name, next), `whether ${name} waits`)
                      }
                    >
                      <span className="visually-hidden">{name} </span>waits
                    </Checkbox>
                  )}
                </td>
                <td>{read === 'waiting' && <CauseSelect name={name} cause={cause} />}</td>
              </tr>
            ))}
          </tbody>
        </Table>
        {statuses.length === 0 && (
          <p className="small dim">
            No history of statuses is imported. Import a change log of Jira or Azure DevOps to say which statuses wait.
          </p>
        )}
        <EffectLine found={found} metricId="item-wait-state-ratio" currency={settings.currency} />
      </div>
    </Panel>
  )
}

const PERCENT = { style: 'percent', maximumFractionDigits: 1 } as const

function Thresholds({ settings, found }: Convention) {
  return (
    <Panel title="When a change did not hold">
      <div className="form-grid two">
        <div>
          <NumberField
            label="Unstable from"
            value={settings.unstableShare ?? 0.1}
            onChange={(value) => editSettings({ unstableShare: shareOf(value, 0.1) }, 'threshold of unstable changes')}
            format={PERCENT}
            min={0.01}
            max={1}
            description="of its lines gone 72 hours after it landed; 10% unless you say otherwise."
          />
          <EffectLine found={found} metricId="unstable-72h" currency={settings.currency} />
        </div>
        <div>
          <NumberField
            label="Reworked from"
            value={settings.reworkedShare ?? 0.25}
            onChange={(value) => editSettings({ reworkedShare: shareOf(value, 0.25) }, 'threshold of reworked changes')}
            format={PERCENT}
            min={0.01}
            max={1}
            description="of its lines gone after seven days: it is no change that held; 25% unless you say otherwise."
          />
          <EffectLine found={found} metricId="token-efficiency" currency={settings.currency} />
        </div>
      </div>
    </Panel>
  )
}

function shareOf(value: number | null, usual: number): number | undefined {
  return value === null || value === usual ? undefined : value
}

function CodePaths({ settings, found }: Convention) {
  const { code = [], notCode = [] } = settings.codeScope ?? {}
  return (
    <Panel title="What counts as code">
      <div className="stack">
        <p className="small dim">
          Rewrites are counted in source files that people write: by their ending, without lock files, generated,
          vendored and fixture folders. Patterns as in CODEOWNERS, with commas between: <code>/docs/</code> is a folder
          at the top, <code>*.stories.tsx</code> an ending anywhere.
        </p>
        <div className="form-grid two">
          <WordList
            label="Also code"
            words={code}
            onChange={(next) => editSettings(withPatterns(settings, { code: next }), 'what is also code')}
            description="Paths the list of endings does not know."
          />
          <WordList
            label="Not code"
            words={notCode}
            onChange={(next) => editSettings(withPatterns(settings, { notCode: next }), 'what is not code')}
            description="Paths to leave out; goes before everything else."
          />
        </div>
        <LeftOut found={found} />
        <EffectLine found={found} metricId="seven-day-rewrite-rate" currency={settings.currency} />
      </div>
    </Panel>
  )
}

function LeftOut({ found }: { readonly found: FoundConventions | null }) {
  if (found === null || (found.code.files === 0 && found.code.leftOut.length === 0))
    return <p className="dim">No git history with files is imported, so nothing is counted yet.</p>
  const { files, lines, leftOut } = found.code
  return (
    <details className="left-out">
      <summary>
        {formatCount(files)} files with {formatCount(lines)} added lines count as code;{' '}
        {leftOut.length === 0 ? 'nothing is left out' : 'see what is left out'}
      </summary>
      {leftOut.length > 0 && (
        <Table label="Left out of the code">
          <thead>
            <tr>
              <th scope="col">Left out</th>
              <th scope="col" className="number">
                Files
              </th>
              <th scope="col" className="number">
                Added lines
              </th>
            </tr>
          </thead>
          <tbody>
            {leftOut.map((part) => (
              <tr key={part.name}>
                <th scope="row">{part.name}</th>
                <td className="number">{formatCount(part.files)}</td>
                <td className="number">{formatCount(part.lines)}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </details>
  )
}

function WordList({
  label,
  words,
  onChange,
  description,
}: {
  readonly label: string
  readonly words: readonly string[]
  readonly onChange: (words: readonly string[]) => void
  readonly description: string
}) {
  const written = writeWordList(words)
  const [text, setText] = useState(written)
  useEffect(() => setText(written), [written])
  return (
    <TextField
      label={label}
      value={text}
      onChange={setText}
      onBlur={() => {
        const next = readWordList(text)
        if (writeWordList(next) !== written) onChange(next)
        else setText(written)
      }}
      description={description}
    />
  )
}
