import { expect } from 'vitest'
import { metricsCommand } from '../../cli/commands/metrics.ts'
import { wallCommand } from '../../cli/commands/wall.ts'
import { makeFigureJobs } from '../../renderer/workers/figures/figure-jobs.ts'
import { Inbox } from '../../renderer/workers/parcels.ts'
import { METRICS, type MetricValue } from '../../shared/metrics/index.ts'
import { factReadingOf, metricSettingsOf, type Workbook, writeWorkbookFile } from '../../shared/workbook/index.ts'
import { fakeIo } from './fake-io.ts'

interface Told {
  readonly metric: string
  readonly current: { readonly known: boolean; readonly value?: number; readonly n?: number }
}

const told = (value: MetricValue) => (value.known ? [value.value, value.n] : 'unknown')
const printed = ({ current }: Told) => (current.known ? [current.value, current.n] : 'unknown')

/**
 * The page asks the figures worker, the command line the core: both must say the same of a workbook. Answers how many numbers
 * of the Wall could be compared group by group as well.
 */
export async function expectSameFigures(workbook: Workbook): Promise<{ readonly compared: number }> {
  const { records, imports } = workbook
  const inbox = new Inbox()
  for (const { record, chunks } of imports) inbox.put(record.id, chunks)
  const jobs = makeFigureJobs(inbox)
  jobs.readAs(factReadingOf(records))
  await jobs.hold({ added: imports.map(({ record }) => record.id), imports: imports.map(({ record }) => record) })
  const settings = metricSettingsOf(records.settings['settings']!, records)
  const { wall, metrics } = jobs.measure({ settings, rules: [] })

  const host = (): ReturnType<typeof fakeIo> => fakeIo({ [FILE]: writeWorkbookFile(workbook) })
  const wallHost = host()
  expect(await wallCommand.run([FILE, '--json'], wallHost.io)).toBe(0)
  const wallTold = (JSON.parse(wallHost.out()) as { numbers: readonly Told[] }).numbers
  expect(wallTold.map(printed)).toEqual(wall.numbers.map(({ current }) => told(current)))

  const metricsHost = host()
  const args = [FILE, '--json', '--by', 'rolling', '--by', 'repository', '--rows']
  expect(await metricsCommand.run(args, metricsHost.io)).toBe(0)
  const listed = (
    JSON.parse(metricsHost.out()) as {
      metrics: readonly (Told & {
        readonly by: { readonly repository: { readonly groups?: readonly { readonly group: string }[] } }
        readonly rowCount: number
      })[]
    }
  ).metrics
  expect(listed.map(({ metric }) => metric)).toEqual(METRICS.map(({ id }) => id))
  expect(listed.map(printed)).toEqual(METRICS.map(({ id }) => told(metrics[id]!)))
  let compared = 0
  for (const number of wall.numbers) {
    const own = listed.find(({ metric }) => metric === number.metricId)!
    const { currentPeriod: period, beforePeriod } = number
    if (!period || !beforePeriod) continue
    const { metricId } = number
    expect(own.rowCount).toBe(jobs.explain({ metricId, settings, period, beforePeriod })!.rowCount)
    const wish = {
      metricId,
      settings,
      fiscal: { startMonth: 1 },
      dimension: 'repository',
      by: 'rolling',
      days: 1,
    } as const
    const told = jobs.groups(wish)
    // Numbers told later than the day of the data end earlier than the last step.
    if (!told || !('groups' in told) || told.steps[0]!.period.to !== period.to) continue
    expect(told.groups.map(({ group }) => group).sort()).toEqual(
      own.by.repository.groups!.map(({ group }) => group).sort(),
    )
    compared++
  }
  return { compared }
}

const FILE = 'team.quarterdeck'
