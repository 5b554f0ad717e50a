import { dayIn, MS_PER_DAY } from '../calendar/index.ts'
import type { Delivery } from '../delivery/index.ts'
import type { Issue } from '../issues/index.ts'
import { type Bounds, boundsOf } from './bounds.ts'
import { type CaseStream, rangeOf } from './case-stream.ts'
import type { Case, CaseNumbers, Cases, CaseShape } from './cases.ts'
import { deliveredIn, lastJudgedDay, tooEarly } from './delivered.ts'
import { noneThen, nothingToDivideBy } from './messages.ts'
import { instantOf } from '../quantities/index.ts'
import { quantileOfSorted, wilsonInterval } from './statistics.ts'
import type { Metric, MetricContext, MetricSettings, MetricValue, Period, Quality } from './types.ts'
import { unknown, valueOf } from './value.ts'

/** How sure a metric is over its whole data, and what stands in for what. */
export interface Standing {
  readonly quality: Quality
  readonly note?: string
  /** What `n` counts, where that depends on it. */
  readonly ofWhat?: string
}

export interface CaseMetricSaid extends Pick<
  Metric,
  'id' | 'name' | 'unit' | 'better' | 'definition' | 'formula' | 'source' | 'quality'
> {
  readonly shape: CaseShape
  /** What `part` and `whole` of a case count, for column heads. */
  readonly partName: string
  readonly wholeName: string
  /** What `n` counts. */
  readonly ofWhat: string
  /** Why nothing at all can be said; `null` = go on. */
  missing(delivery: Delivery, context: MetricContext): Issue | null
  stream(delivery: Delivery, context: MetricContext): CaseStream
  /** Exact when left out. */
  standing?(delivery: Delivery, context: MetricContext): Standing
  /** Share of the period the source speaks of; 1 when left out. */
  spoken?(delivery: Delivery, bounds: Bounds, context: MetricContext): number
  /** Of cohorts: they can be judged when `lagDays` have passed after the period by the last moment of the data. */
  readonly cohort?: {
    readonly lagDays: number
    readonly ofWhat: string
    horizon(context: MetricContext, delivery: Delivery): number
  }
  /** Ratios whose parts and wholes are not sums over cases. */
  sums?(stream: CaseStream, picked: Picked): { readonly part: number; readonly whole: number; readonly n: number }
  /** Joins cases into those people look at; as they are when left out. */
  join?(cases: readonly Case[]): readonly Case[]
  /** The numbers of what `join` gives, of the cases of a stream at some places. */
  joinNumbers?(stream: CaseStream, places: Uint32Array): Omit<CaseNumbers, 'shape'>
}

/** Some cases of a stream: those from `from` to before `to`, or those at the places listed. */
export interface Picked {
  readonly from: number
  readonly to: number
  readonly places: readonly number[] | null
}

/** A metric made of cases that also tells its value of some of them, for groups. */
export interface CaseMetric extends Metric {
  streamOf(context: MetricContext): CaseStream | null
  measurePicked(context: MetricContext, period: Period, places: readonly number[]): MetricValue
}

export function isCaseMetric(metric: Metric): metric is CaseMetric {
  return 'streamOf' in metric
}

/** What a metric rests on in one delivery, whatever the period. */
interface Ground {
  readonly missing: Issue | null
  readonly standing: Standing
  /** Made when it is asked for. */
  stream: CaseStream | null
}

const grounds = new WeakMap<Delivery, Map<string, Ground>>()
const streamKeys = new WeakMap<MetricSettings, string>()

/** Everything of the settings that decides which cases there are, beside what decides the delivery. */
function streamKeyOf(settings: MetricSettings): string {
  let own = streamKeys.get(settings)
  if (own === undefined) {
    const { zone, currency, featureMarks, featureTypes, waitingStatuses, unstableShare, workingTime } = settings
    own = JSON.stringify([zone, currency, featureMarks, featureTypes, waitingStatuses, unstableShare, workingTime])
    streamKeys.set(settings, own)
  }
  return own
}

/**
 * Makes a metric of its cases: they are found once per fact set, kept by time, and every period takes its stretch by
 * halving. One definition gives the value, the rows behind it, the splits and the groups.
 */
export function metricOfCases(said: CaseMetricSaid): CaseMetric {
  const { cohort } = said
  const groundOf = (delivery: Delivery, context: MetricContext): Ground => {
    let own = grounds.get(delivery)
    if (!own) grounds.set(delivery, (own = new Map<string, Ground>()))
    const key = `${said.id} ${streamKeyOf(context.settings)}`
    let ground = own.get(key)
    if (!ground) {
      const missing = said.missing(delivery, context)
      const standing = (missing ? null : said.standing?.(delivery, context)) ?? { quality: 'exact' }
      own.set(key, (ground = { missing, standing, stream: null }))
    }
    return ground
  }
  const streamFor = (delivery: Delivery, context: MetricContext): CaseStream =>
    (groundOf(delivery, context).stream ??= said.stream(delivery, context))
  const whyNot = (context: MetricContext, delivery: Delivery, period: Period): MetricValue | null => {
    const { missing } = groundOf(delivery, context)
    if (missing) return unknown(missing)
    if (!cohort) return null
    return tooEarly(context, period, cohort.lagDays, cohort.horizon(context, delivery), cohort.ofWhat)
  }
  /** Cases of a period that are neither left out nor too young to be judged. */
  const countedPlaces = (
    stream: CaseStream,
    delivery: Delivery,
    context: MetricContext,
    period: Period,
  ): Uint32Array => {
    const [from, to] = rangeOf(stream, boundsOf(period, context.settings.zone))
    const censoredFrom = cohort ? cohort.horizon(context, delivery) - cohort.lagDays * MS_PER_DAY : Infinity
    const places = new Uint32Array(to - from)
    let count = 0
    for (let i = from; i < to; i++) if (stream.left[i] === 0 && stream.at[i]! <= censoredFrom) places[count++] = i
    return places.subarray(0, count)
  }
  const measure = (context: MetricContext, period: Period, places: readonly number[] | null): MetricValue => {
    const delivery = deliveredIn(context)
    const not = whyNot(context, delivery, period)
    if (not) return not
    const bounds = boundsOf(period, context.settings.zone)
    const stream = streamFor(delivery, context)
    const [from, to] = rangeOf(stream, bounds)
    if (places === null && from === to && stream.length > 0) {
      const { ofWhat = said.ofWhat } = groundOf(delivery, context).standing
      const none = outside(stream, from, period, context, ofWhat)
      if (none) return unknown(none)
    }
    const censoredFrom = cohort ? cohort.horizon(context, delivery) - cohort.lagDays * MS_PER_DAY : Infinity
    const spoken = said.spoken?.(delivery, bounds, context) ?? 1
    const { standing } = groundOf(delivery, context)
    return aggregate(context, said, stream, { from, to, places }, { censoredFrom, spoken, standing })
  }
  return {
    id: said.id,
    name: said.name,
    unit: said.unit,
    better: said.better,
    definition: said.definition,
    formula: said.formula,
    source: said.source,
    quality: said.quality,
    ...(cohort
      ? {
          lagDays: cohort.lagDays,
          lastJudgedDay: (context: MetricContext) =>
            lastJudgedDay(context, cohort.lagDays, cohort.horizon(context, deliveredIn(context))),
        }
      : {}),
    measure: (context, period) => measure(context, period, null),
    measurePicked: measure,
    streamOf(context) {
      const delivery = deliveredIn(context)
      return groundOf(delivery, context).missing ? null : streamFor(delivery, context)
    },
    cases(context, period): Cases {
      const delivery = deliveredIn(context)
      const { shape, partName, wholeName } = said
      if (groundOf(delivery, context).missing) return { shape, partName, wholeName, cases: [] }
      const stream = streamFor(delivery, context)
      const cases = Array.from(countedPlaces(stream, delivery, context, period), (place) => stream.caseAt(place))
      return { shape, partName, wholeName, cases: said.join?.(cases) ?? cases }
    },
    ...(said.join && !said.joinNumbers
      ? {}
      : {
          caseNumbers(context: MetricContext, period: Period): CaseNumbers {
            const delivery = deliveredIn(context)
            const { shape } = said
            if (groundOf(delivery, context).missing)
              return { shape, part: new Float64Array(0), whole: new Float64Array(0) }
            const stream = streamFor(delivery, context)
            const places = countedPlaces(stream, delivery, context, period)
            return { shape, ...(said.joinNumbers ?? numbersAt)(stream, places) }
          },
        }),
  }
}

function numbersAt({ part, whole }: CaseStream, places: Uint32Array): Omit<CaseNumbers, 'shape'> {
  return {
    part: new Float64Array(places.length).map((_, i) => part[places[i]!]!),
    whole: new Float64Array(places.length).map((_, i) => whole[places[i]!]!),
  }
}

/** Where all cases are of other days: which. `first` is the first case after the period. */
function outside(
  { at, length }: CaseStream,
  first: number,
  { from, to }: Period,
  { settings }: MetricContext,
  ofWhat: string,
): Issue | null {
  if (first > 0 && first < length) return null
  const isBefore = first === length
  return noneThen(ofWhat, isBefore, dayIn(instantOf(at[isBefore ? length - 1 : 0]!), settings.zone), { from, to })
}

function aggregate(
  context: MetricContext,
  said: CaseMetricSaid,
  stream: CaseStream,
  picked: Picked,
  {
    censoredFrom,
    spoken,
    standing,
  }: { readonly censoredFrom: number; readonly spoken: number; readonly standing: Standing },
): MetricValue {
  const { at, part, whole, most, least, left, reasons } = stream
  const excluded = reasons.map(() => 0)
  const { from, to, places } = picked
  const length = places === null ? to - from : places.length
  const values = said.shape === 'median' ? new Float64Array(length) : null
  const counted: number[] | null = said.sums ? [] : null
  const sum = { part: 0, whole: 0, most: 0, least: 0, n: 0 }
  let censored = 0
  for (let k = 0; k < length; k++) {
    const i = places === null ? from + k : places[k]!
    if (left[i]! > 0) excluded[left[i]! - 1]!++
    else if (at[i]! > censoredFrom) censored++
    else {
      counted?.push(i)
      if (values) values[sum.n++] = part[i]!
      else {
        sum.part += part[i]!
        sum.whole += whole[i]!
        sum.most += most[i]!
        sum.least += least[i]!
        // A part without a whole is of something counted elsewhere: no case of its own.
        if (whole[i]! > 0) sum.n++
      }
    }
  }
  const missing = reasons.reduce((count, { isMissing }, i) => count + (isMissing ? excluded[i]! : 0), censored)
  const cases = values ? sum.n : (counted?.length ?? sum.n)
  const common = {
    ofWhat: standing.ofWhat ?? said.ofWhat,
    quality: standing.quality,
    coverage: (cases + missing === 0 ? 1 : cases / (cases + missing)) * spoken,
    excluded: {
      ...Object.fromEntries(reasons.map(({ reason }, i) => [reason, excluded[i]!])),
      'window not over yet': censored,
    },
    ...(standing.note === undefined ? {} : { note: standing.note }),
  }
  if (values) {
    const sorted = values.subarray(0, sum.n).sort()
    return valueOf(context, () => quantileOfSorted(sorted, 0.5), {
      ...common,
      n: sum.n,
      ...(sum.n === 0
        ? {}
        : { quantiles: { p75: quantileOfSorted(sorted, 0.75), p90: quantileOfSorted(sorted, 0.9) } }),
    })
  }
  const own = counted ? said.sums!(stream, { from: 0, to: 0, places: counted }) : sum
  if (said.shape === 'share')
    return valueOf(context, () => own.part / own.whole, {
      ...common,
      n: own.n,
      ...(own.n === 0
        ? {}
        : {
            interval: [
              wilsonInterval(own.part, own.n)[0],
              wilsonInterval(counted ? own.part : sum.most, own.n)[1],
            ] as const,
          }),
    })
  if (own.n > 0 && own.whole === 0) return unknown(nothingToDivideBy(said.wholeName.toLowerCase()))
  // An estimate that nobody knows the ends of has none, which is not to be sure of it.
  const hasBracket = standing.quality === 'estimate' && own.whole > 0 && (least !== part || most !== part)
  return valueOf(context, () => own.part / own.whole, {
    ...common,
    n: own.n,
    ...(hasBracket
      ? {
          interval: [Math.min(sum.least, sum.most) / own.whole, Math.max(sum.least, sum.most) / own.whole] as const,
        }
      : {}),
  })
}
