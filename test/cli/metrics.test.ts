import { describe, expect, test } from 'vitest'
import { metricsCommand } from '../../cli/commands/metrics.ts'
import { METRICS } from '../../shared/metrics/index.ts'
import { writeWorkbookFile } from '../../shared/workbook/index.ts'
import { fakeIo } from '../support/fake-io.ts'
import { smallTeam } from '../support/small-team.ts'
import { workbookOf } from '../support/workbook-of.ts'

const bytes = writeWorkbookFile(workbookOf(smallTeam()))

async function run(...args: readonly string[]) {
  const host = fakeIo({ 'team.quarterdeck': bytes })
  const code = await metricsCommand.run(['team.quarterdeck', ...args], host.io)
  return { code, out: host.out() }
}

describe('quarterdeck metrics', () => {
  test('JSON: every metric, thirteen weeks by default', async () => {
    const { code, out } = await run('--json')
    const answer = JSON.parse(out)
    expect(code).toBe(0)
    expect(answer.by).toBe('week')
    expect(answer.metrics.map(({ metric }: { metric: string }) => metric)).toEqual(METRICS.map(({ id }) => id))
    for (const { points, current } of answer.metrics) {
      expect(points).toHaveLength(13)
      expect(typeof current.known).toBe('boolean')
      for (const point of points)
        expect(point.known ? 'value' in point : 'code' in point && 'message' in point).toBe(true)
    }
  })

  test('by month and quarter, chosen metrics, chosen days', async () => {
    const months = JSON.parse((await run('--json', '--by', 'month', '--metric', 'cycle-time')).out)
    expect(months.metrics).toHaveLength(1)
    expect(months.metrics[0].points).toHaveLength(12)
    expect(months.metrics[0].points.at(-1).label).toBe('2026-05')
    const quarter = JSON.parse(
      (await run('--json', '--by', 'quarter', '--from', '2026-01-01', '--to', '2026-03-31')).out,
    )
    expect(quarter.metrics[0].points).toMatchObject([
      { label: 'FY26 Q1', from: '2026-01-01', to: '2026-03-31', known: true, value: 10 },
    ])
  })

  test('text names metrics by id', async () => {
    const { out } = await run('--by', 'month')
    expect(out).toContain('Rework rate [rework-rate]')
    expect(out).toContain('2026-03')
  })

  test('groups and rows, each with its file and row', async () => {
    const { out } = await run('--json', '--metric', 'cycle-time', '--by', 'ai-marked', '--by', 'author-group', '--rows')
    const [metric] = JSON.parse(out).metrics
    expect(metric.by['ai-marked'].groups.map(({ group }: { group: string }) => group)).toEqual([
      'Not marked',
      'Marked by an AI agent',
    ])
    expect(metric.by['author-group']).toMatchObject({ known: false, code: 'metrics/no-groups' })
    expect(metric.rows[0]).toMatchObject({ file: 'team.csv', repository: 'github.com/acme/shop', part: 10, whole: 1 })
    expect(metric.rows).toHaveLength(metric.rowCount)
    const { out: text } = await run('--metric', 'cycle-time', '--by', 'repository', '--rows')
    expect(text).toContain('by repository')
    expect(text).toContain(`rows behind it: ${metric.rowCount} (Hours)`)
  })

  test('teams and initiatives by the rules of the workbook about paths', async () => {
    const plain = workbookOf(smallTeam({ people: 12 }))
    const rule = { id: 'r', field: 'path', equals: '/src/area0/', initiativeId: '', team: 'Zero', order: 1 } as const
    const ruled = { ...plain, records: { ...plain.records, attributionRules: { r: rule } } }
    const host = fakeIo({ 'ruled.quarterdeck': writeWorkbookFile(ruled) })
    const asked = ['ruled.quarterdeck', '--json', '--by', 'team', '--metric', 'cycle-time']
    expect(await metricsCommand.run(asked, host.io)).toBe(0)
    const { groups } = JSON.parse(host.out()).metrics[0].by.team as { groups: readonly { group: string }[] }
    expect(groups.map(({ group }) => group).sort()).toEqual(['Not known', 'Zero'])
  })

  test.each([
    [['--by', 'day'], /--by day/],
    [['--by', 'week', '--by', 'month'], /one step at a time/],
    [['--metric', 'velocity'], /velocity: not a metric/],
    [['--from', '1 Feb'], /--from 1 Feb/],
  ])('wrong usage %j', async (args, message) => {
    await expect(run(...args)).rejects.toThrow(message)
  })
})
