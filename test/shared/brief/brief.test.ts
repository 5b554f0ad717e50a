import { describe, expect, test } from 'vitest'
import type { Day, MonthKey } from '../../../shared/calendar/index.ts'
import {
  type BriefMaterial,
  renderBriefHtml,
  renderBriefText,
  versionOf,
  writeBrief,
} from '../../../shared/brief/index.ts'
import { nanosOf } from '../../../shared/money/index.ts'
import type { ActualCell } from '../../../shared/plan/index.ts'
import type { CostKind } from '../../../shared/quantities/index.ts'
import type { MetricValue } from '../../../shared/metrics/index.ts'
import { runScenario } from '../../../shared/scenario/index.ts'
import { NO_HISTORY, scenarioFromTemplate, templateById } from '../../../shared/templates/index.ts'

const metrics = new Map<string, MetricValue>([
  ['cycle-time', { known: true, value: 20, n: 300, quality: 'exact', coverage: 1, excluded: {} }],
])

function material(sets: Record<string, string> = {}): BriefMaterial {
  const scenario = scenarioFromTemplate(templateById('refactor-services')!, {
    id: 's',
    history: NO_HISTORY,
    startMonth: '2026-12' as MonthKey,
    sets: { Services: '40', ...sets },
    samples: 512,
  })
  const outcome = runScenario({
    scenario,
    records: {
      rows: {},
      keyResults: {
        k: {
          id: 'k',
          objectiveId: 'o',
          name: 'Cycle time <18 h & steady',
          type: 'decrease',
          unit: 'h',
          start: 25,
          target: 18,
          isStrict: true,
          source: { kind: 'measured', metricId: 'cycle-time' },
          weight: 1,
          order: 1,
        },
        u: {
          id: 'u',
          objectiveId: 'o',
          name: 'Rework below 15%',
          type: 'decrease',
          unit: '%',
          start: 0.2,
          target: 0.15,
          isStrict: true,
          source: { kind: 'measured', metricId: 'rework-rate' },
          weight: 1,
          order: 2,
        },
      },
    },
    history: {},
    metrics,
    currency: 'USD',
  })
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues))
  return {
    workbook: { name: 'Team <A>', isSample: true },
    initiatives: {},
    scenario,
    outcome: outcome.value,
    wall: null,
    imports: [],
    actuals: null,
    today: '2026-11-20' as Day,
  }
}

describe('brief (seed 1)', () => {
  const brief = writeBrief(material())

  test('reads like this', async () => {
    await expect(renderBriefText(brief)).toMatchFileSnapshot('brief.txt')
  })

  test('in the order finance reads it', () => {
    expect(brief.sections.map(({ heading }) => heading)).toEqual([
      'Decision and ask',
      'Options',
      'Return',
      'Key results',
      'Books',
      'What must be true',
      'If it fails',
      'Data confidence',
      'Sign-off',
    ])
  })

  test('every sentence with a number names its sources', () => {
    for (const { sentences, table } of brief.sections) {
      for (const { text, sources } of sentences) if (/\d/.test(text)) expect(sources.length, text).toBeGreaterThan(0)
      if (table) expect(table.caption).toContain('Source: ')
    }
  })

  test('an unknown key result is unknown, with the reason', () => {
    const { sentences, table } = brief.sections.find(({ heading }) => heading === 'Key results')!
    expect(table!.rows[1]).toEqual(['Rework below 15%', 'unknown', 'unknown', '15%', 'unknown', 'unknown'])
    expect(sentences.map(({ text }) => text).join(' ')).toContain(
      'Without odds: Rework below 15% (rework-rate is not measured).',
    )
  })

  test('the ask follows the odds', () => {
    const ask = (hours: string) =>
      writeBrief(material({ 'Hours saved per service a month': hours })).sections[0]!.sentences[0]!.text
    expect(ask('5')).toContain('Asked for: authority up to the P90')
    expect(ask('0.25')).toContain('and a second decision on 31 Dec 2026')
    expect(ask('0.01')).toContain('No money is asked for.')
  })

  test('AI cost of a kind that no actual adds is told beside none, not as a share of nothing', () => {
    const cell = (amount: bigint, basis: CostKind, isBeside: boolean): ActualCell => ({
      initiativeId: null,
      month: '2026-10' as MonthKey,
      tool: basis,
      currency: 'USD',
      amount: '',
      nanos: nanosOf(amount * 1_000_000_000n),
      basis,
      isBeside,
    })
    const told = (...cells: readonly ActualCell[]) =>
      writeBrief({
        ...material(),
        actuals: { kind: 'billed', cells, unpriced: [], undated: 0, otherCurrencies: [] },
      })
        .sections.find(({ heading }) => heading === 'Data confidence')!
        .sentences.map(({ text }) => text)
        .find((text) => text.includes('AI cost'))
    expect(told(cell(40n, 'included', true))).toBe('No AI cost is in the actuals, nothing is unpriced.')
    expect(told(cell(40n, 'included', true), cell(30n, 'estimated', true))).toBe(
      'No AI cost is in the actuals, $30 estimated is beside them and not added, nothing is unpriced.',
    )
    expect(told(cell(40n, 'billed', false), cell(30n, 'estimated', true))).toBe(
      '0% of $40 billed AI cost belongs to an initiative; $40 is unattributed, another $30 estimated is beside it and not added, nothing is unpriced.',
    )
  })

  test('the version changes with any input', () => {
    const [a, b] = [material(), material({ 'Attempts at most': '2' })]
    expect(versionOf(a.scenario, a.outcome)).toMatch(/^[0-9a-f]{8}$/)
    expect(versionOf(a.scenario, a.outcome)).toBe(versionOf(material().scenario, material().outcome))
    expect(versionOf(a.scenario, a.outcome)).not.toBe(versionOf(b.scenario, b.outcome))
  })

  test('as a page: everything escaped, nothing from outside, sources numbered', () => {
    const html = renderBriefHtml(brief, { locale: 'en-US' })
    expect(html).toContain('<html lang="en-US">')
    expect(html).toContain('Team &#60;A&#62;')
    expect(html).not.toContain('Team <A>')
    expect(html).not.toMatch(/<script|https?:|url\(|@import/)
    expect(html).toContain('@page')
    for (const source of brief.sections.flatMap(({ sentences }) => sentences.flatMap((sentence) => sentence.sources))) {
      expect(html).toContain(`</sup> ${source.replaceAll('&', '&#38;').replaceAll('<', '&#60;')}</span>`)
    }
  })
})
