import { type Delivery, codeTest, isCodePath, type StatusClass, classOfStatus } from '../delivery/index.ts'
import { MS_PER_HOUR } from '../calendar/index.ts'
import { clockOfWaits } from './clock-of-waits.ts'
import { deliveredIn } from './delivered.ts'
import { typesOfFeatures } from './features.ts'
import { measureWall } from './measure-wall.ts'
import { metricById } from './registry.ts'
import type { Metric, MetricContext, MetricSettings, MetricValue } from './types.ts'
import { causeOfWait, WAIT_STAGES, type WaitCause } from './wait-causes.ts'

/** What the data hold that a convention is about, with how it is read now. */
export interface FoundConventions {
  /** Most items first. */
  readonly statuses: readonly FoundStatus[]
  /** Most finished first. */
  readonly types: readonly FoundType[]
  /** Stages in which changes wait. */
  readonly stages: readonly { readonly name: string; readonly cause: WaitCause }[]
  readonly code: FoundCode
  /** Numbers the conventions decide, as they are and as they would be by the usual ones. */
  readonly effects: readonly Effect[]
}

export interface FoundStatus {
  readonly name: string
  readonly items: number
  /** Hours items stood in it until they left it, by the clock of the settings. */
  readonly hours: number
  readonly class: StatusClass
  readonly cause: WaitCause
}

export interface FoundType {
  readonly name: string
  readonly items: number
  readonly finished: number
  readonly isFeature: boolean
}

export interface FoundCode {
  readonly files: number
  /** Lines added to them. */
  readonly lines: number
  /** What is left out, by ending or by pattern of one's own; most lines first. */
  readonly leftOut: readonly { readonly name: string; readonly files: number; readonly lines: number }[]
}

export interface Effect {
  readonly metricId: string
  readonly name: string
  readonly unit: Metric['unit']
  readonly now: MetricValue
  /** `null` where the conventions are the usual ones. */
  readonly usual: MetricValue | null
}

/** Each metric with the settings that decide it. */
const DECIDED: readonly (readonly [id: string, by: readonly (keyof MetricSettings)[]])[] = [
  ['wait-state-ratio', ['workingTime']],
  ['item-wait-state-ratio', ['waitingStatuses', 'workingTime']],
  ['token-cost-per-shipped-feature', ['featureTypes']],
  ['unstable-72h', ['unstableShare', 'codeScope']],
  ['token-efficiency', ['reworkedShare', 'codeScope']],
  ['seven-day-rewrite-rate', ['codeScope']],
]
const MOST_LEFT_OUT = 12

/** The statuses, types and paths of the imported data as the settings read them, and what that makes of the numbers. */
export function findConventions(context: MetricContext): FoundConventions {
  const { settings } = context
  const delivery = deliveredIn(context)
  return {
    statuses: statusesIn(delivery, settings),
    types: typesIn(delivery, settings),
    stages: Object.values(WAIT_STAGES).map((name) => ({ name, cause: causeOfWait(name, settings.waitCauses) })),
    code: codeIn(delivery, settings),
    effects: DECIDED.map(([id, by]) => effectOf(context, metricById(id)!, by)),
  }
}

function statusesIn({ workItems }: Delivery, settings: MetricSettings): readonly FoundStatus[] {
  const { waitingStatuses, waitCauses } = settings
  const clock = clockOfWaits(settings)
  const found = new Map<string, { name: string; items: Set<string>; ms: number }>()
  for (const { tracker, key, moves } of workItems) {
    moves.forEach(({ at, to }, i) => {
      const name = to.trim()
      let own = found.get(name.toLowerCase())
      if (!own) found.set(name.toLowerCase(), (own = { name, items: new Set(), ms: 0 }))
      own.items.add(`${tracker} ${key}`)
      const next = moves[i + 1]
      if (next) own.ms += clock(at, next.at)
    })
  }
  return [...found.values()]
    .map(({ name, items, ms }): FoundStatus => ({
      name,
      items: items.size,
      hours: ms / MS_PER_HOUR,
      class: classOfStatus(name, waitingStatuses),
      cause: causeOfWait(name, waitCauses),
    }))
    .sort((a, b) => b.items - a.items || (a.name < b.name ? -1 : 1))
}

function typesIn(delivery: Delivery, { featureTypes }: MetricSettings): readonly FoundType[] {
  const features = typesOfFeatures(delivery, featureTypes)
  const found = new Map<string, { name: string; items: number; finished: number }>()
  for (const { type, resolvedAt } of delivery.workItems) {
    const name = type?.trim() ?? ''
    if (name === '') continue
    const own = found.get(name.toLowerCase()) ?? { name, items: 0, finished: 0 }
    found.set(name.toLowerCase(), own)
    own.items++
    if (resolvedAt !== null) own.finished++
  }
  return [...found]
    .map(([key, own]): FoundType => ({ ...own, isFeature: features.includes(key) }))
    .sort((a, b) => b.finished - a.finished || (a.name < b.name ? -1 : 1))
}

function codeIn(delivery: Delivery, { codeScope }: MetricSettings): FoundCode {
  const isCode = codeTest(codeScope)
  const linesOf = new Map<string, number>()
  for (const { files } of delivery.landings)
    for (const { path, added } of files) linesOf.set(path, (linesOf.get(path) ?? 0) + (added ?? 0))
  let [files, lines] = [0, 0]
  const leftOut = new Map<string, { name: string; files: number; lines: number }>()
  for (const [path, added] of linesOf) {
    if (isCode(path)) {
      files++
      lines += added
      continue
    }
    const name = isCodePath(path) ? 'by a pattern of yours' : whyNotCode(path)
    const own = leftOut.get(name) ?? { name, files: 0, lines: 0 }
    leftOut.set(name, { name, files: own.files + 1, lines: own.lines + added })
  }
  return {
    files,
    lines,
    leftOut: [...leftOut.values()]
      .sort((a, b) => b.lines - a.lines || b.files - a.files || (a.name < b.name ? -1 : 1))
      .slice(0, MOST_LEFT_OUT),
  }
}

/** The ending where no source file has it, else the folder or name that says it was not written by the team. */
function whyNotCode(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const dot = name.lastIndexOf('.')
  const ending = dot > 0 ? `*${name.slice(dot)}` : name
  if (!isCodePath(`x${dot > 0 ? name.slice(dot) : ''}`)) return ending
  const folder = path.split('/').find((part) => !isCodePath(`${part}/x.ts`))
  return folder === undefined ? `generated ${ending.toLowerCase()}` : `${folder}/`
}

function effectOf(context: MetricContext, metric: Metric, by: readonly (keyof MetricSettings)[]): Effect {
  const current = (settings: MetricSettings) =>
    measureWall({ ...context, settings }, { metrics: [metric], weeks: 0 }).numbers[0]!.current
  const { settings } = context
  const isUsual = by.every((field) => settings[field] === undefined)
  const usual = Object.fromEntries(
    Object.entries(settings).filter(([field]) => !by.includes(field as keyof MetricSettings)),
  ) as unknown as MetricSettings
  return {
    metricId: metric.id,
    name: metric.name,
    unit: metric.unit,
    now: current(settings),
    usual: isUsual ? null : current(usual),
  }
}
