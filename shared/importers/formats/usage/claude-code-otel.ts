import { dayIn, UTC } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import { instantOf } from '../../../quantities/index.ts'
import { type JsonPage, type JsonValue, ownField } from '../../../tables/index.ts'
import { FieldReader, itemsOf, type JsonItem, judgeItems, keyOf, listAt } from '../../field-reader.ts'
import type { JsonFormat, UsageMeaning } from '../../format.ts'
import { meantBy } from '../../meant-by.ts'
import { metricsNotRead, missing, notATime, notOneOf } from '../../messages.ts'
import { SILENT_USAGE } from '../../usage-row.ts'
import { onlyFields } from './litellm.ts'

const [TOKENS, COST] = ['claude_code.token.usage', 'claude_code.cost.usage'] as const
const CUMULATIVE = ['2', 'AGGREGATION_TEMPORALITY_CUMULATIVE']

const MEANING: UsageMeaning = {
  tool: 'Claude Code',
  use: 'Claude Code',
  partOf: 'Claude API',
  states: 'money',
  inputIncludesCache: false,
  costs: { asDouble: 'estimated' },
  currency: 'USD',
  moneyUnit: 'units',
  identity: ['attributes', 'startTimeUnixNano', 'timeUnixNano'],
  // A running total says more each time; its stream is one record, and the latest point counts.
  restated: ['asInt', 'asDouble'],
  restates: 'key',
}

const BUCKETS: Readonly<Record<string, 'uncachedInput' | 'output' | 'cacheRead' | 'cacheWriteUnknown'>> = {
  input: 'uncachedInput',
  output: 'output',
  cacheRead: 'cacheRead',
  cacheCreation: 'cacheWriteUnknown',
}

interface Point {
  readonly metric: string
  readonly isTotal: boolean
  readonly attributes: ReadonlyMap<string, string>
  /** Attributes and start: what tells one running total from another. */
  readonly stream: string
  readonly item: JsonItem
}

function pointsOf(pages: readonly JsonPage[]): readonly Point[] {
  return itemsOf(pages, 'resourceMetrics').flatMap(({ value: resource, line }) => {
    const outer = attributesOf(ownField(resource, 'resource'))
    const scopes = listAt(resource, 'scopeMetrics') ?? []
    const metrics = scopes.flatMap((scope) => listAt(scope, 'metrics') ?? [])
    return metrics.flatMap((metric) => {
      const name = ownField(metric, 'name')
      const sum = ownField(metric, 'sum')
      if (name !== TOKENS && name !== COST) return []
      const isTotal = CUMULATIVE.includes(String(ownField(sum, 'aggregationTemporality') ?? '2'))
      return (listAt(sum, 'dataPoints') ?? []).map((value) => {
        const attributes = new Map([...outer, ...attributesOf(value)])
        const start = String(ownField(value, 'startTimeUnixNano') ?? '')
        const stream = JSON.stringify([name, start, [...attributes].sort(([a], [b]) => (a < b ? -1 : 1))])
        const whole = { attributes: Object.fromEntries(attributes) }
        return { metric: name, isTotal, attributes, stream, item: { value, around: metric, line, whole } }
      })
    })
  })
}

/** Names of metrics that are neither tokens nor cost. */
function otherMetrics(pages: readonly JsonPage[]): readonly string[] {
  const names = itemsOf(pages, 'resourceMetrics')
    .flatMap(({ value }) => listAt(value, 'scopeMetrics') ?? [])
    .flatMap((scope) => listAt(scope, 'metrics') ?? [])
    .flatMap((metric) => ownField(metric, 'name') ?? [])
  return [...new Set(names.map(String))].filter((name) => name !== TOKENS && name !== COST)
}

function attributesOf(holder: JsonValue | undefined): readonly (readonly [string, string])[] {
  return (listAt(holder, 'attributes') ?? []).flatMap((attribute) => {
    const key = ownField(attribute, 'key')
    const value = ownField(attribute, 'value')
    const said = ['stringValue', 'intValue', 'boolValue', 'doubleValue']
      .map((name) => ownField(value, name))
      .find((one) => one !== undefined)
    return typeof key === 'string' && said !== undefined ? [[key, String(said)] as const] : []
  })
}

/** Claude Code through OpenTelemetry, OTLP JSON: token and cost counters; other metrics of the file are not usage. */
export const claudeCodeOtel: JsonFormat = {
  shape: 'json',
  id: 'claude-code-otel-json',
  name: 'Claude Code telemetry (OTLP, JSON)',
  kind: 'usage',
  meaning: MEANING,
  fields: {
    of: 'usage',
    mayHoldTexts: true,
    read: {
      timeUnixNano: ['day', 'at', 'key'],
      startTimeUnixNano: 'key',
      asInt: 'output',
      asDouble: 'estimated',
      // All of them tell one stream of counts from another.
      attributes: 'key',
      'attributes.type': ['uncachedInput', 'output', 'key'],
      'attributes.model': ['model', 'key'],
      'attributes.user.email': ['person', 'key'],
      // A person where no e-mail stands.
      'attributes.user.account_uuid': ['person', 'key', 'extra'],
      'attributes.session.id': ['session', 'key'],
      'attributes.query_source': ['detail', 'key'],
      'attributes.team.id': ['workspace', 'key'],
      // The workspace where no team is named.
      'attributes.department': ['workspace', 'key', 'extra'],
      'attributes.cost_center': ['costCenter', 'key'],
      'attributes.user.id': ['key', 'extra'],
      'attributes.organization.id': ['key', 'extra'],
      'attributes.speed': ['key', 'extra'],
      'attributes.effort': ['key', 'extra'],
      'attributes.agent.name': ['key', 'extra'],
      'attributes.skill.name': ['key', 'extra'],
      'attributes.app.version': ['key', 'extra'],
      'attributes.terminal.type': ['key', 'extra'],
      'attributes.service.name': ['key', 'extra'],
      'attributes.service.version': ['key', 'extra'],
      'attributes.os.type': ['key', 'extra'],
      'attributes.host.arch': ['key', 'extra'],
    },
    around: {
      'resourceMetrics.*.scopeMetrics.*.metrics.*.name': 'fate',
      'resourceMetrics.*.scopeMetrics.*.metrics.*.sum.aggregationTemporality': 'key',
    },
  },
  recognise: (pages) => (pointsOf(pages).length > 0 ? `metrics ${TOKENS} or ${COST}` : null),
  open(pages) {
    const points = pointsOf(pages)
    const pointOf = new Map(points.map((point) => [point.item, point]))
    const latest = new Map<string, Point>()
    for (const point of points) {
      const known = latest.get(point.stream)
      if (point.isTotal && (!known || timeOf(point) >= timeOf(known))) latest.set(point.stream, point)
    }
    const read = new FieldReader()
    const records = judgeItems(
      points.map(({ item }) => item),
      (item, sink) => {
        const point = pointOf.get(item)!
        const { attributes, metric, isTotal, stream } = point
        read.begin(item.value)
        const nanoseconds = read.text('timeUnixNano') ?? ''
        const at = instantOf(timeOf(point))
        if (!/^\d{17,20}$/.test(nanoseconds))
          read.fail('timeUnixNano', nanoseconds === '' ? missing('a time') : notATime(nanoseconds))
        const type = attributes.get('type') ?? ''
        const bucket = meantBy(BUCKETS, type)
        if (metric === TOKENS && bucket === null) read.fail('type', notOneOf(type, Object.keys(BUCKETS)))
        const field = read.text('asInt') === null ? 'asDouble' : 'asInt'
        const tokens = metric === TOKENS ? read.count(field) : null
        const estimated = metric === COST ? read.money(field) : null
        if (read.flaw) return sink.aside(read.flaw.column, read.flaw.issue)
        const day = dayIn(at, UTC)
        sink.spoke(at, day)
        // An earlier point of a running total is inside the later one.
        if (isTotal && latest.get(stream) !== point) return sink.blank()
        sink.fact(
          'usage',
          {
            ...SILENT_USAGE,
            day,
            at,
            tool: MEANING.tool,
            model: attributes.get('model') ?? null,
            person: attributes.get('user.email') ?? attributes.get('user.account_uuid') ?? null,
            workspace: attributes.get('team.id') ?? attributes.get('department') ?? null,
            costCenter: attributes.get('cost_center') ?? null,
            session: attributes.get('session.id') ?? null,
            detail: attributes.get('query_source') ?? null,
            ...(bucket === null || tokens === null ? {} : { [bucket]: tokens }),
            currency: estimated === null ? null : MEANING.currency,
            estimated,
          },
          keyOf('claude-code-otel', isTotal ? [stream] : [stream, nanoseconds]),
        )
      },
      // Attributes are free, and may hold anything.
      (value) => onlyFields(value, ['startTimeUnixNano', 'timeUnixNano', 'asInt', 'asDouble']),
    )
    const others = otherMetrics(pages)
    return accepted({ records, finish: (sink) => (others.length > 0 ? sink.note(metricsNotRead(others)) : undefined) })
  },
}

function timeOf({ item }: Point): number {
  return Math.floor(Number(ownField(item.value, 'timeUnixNano') ?? 0) / 1e6)
}
