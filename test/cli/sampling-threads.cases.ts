import { isMainThread } from 'node:worker_threads'
import { runOverThreads, serveSampling } from '../../cli/sampling-threads.ts'
import { type MonthKey, monthsBetween } from '../../shared/calendar/index.ts'
import { modelFromText } from '../../shared/model/index.ts'
import { seedOf } from '../../shared/quantities/index.ts'

serveSampling()

const TEXT = `Cost = 1 to 9
Minutes = 25 to 120
Cost ~ Minutes : 0.6
Incidents = poisson(Cost)
Net = if(month = first(month), -20, 12) * Cost
Backlog = max(0, prev(Backlog) + 3 - Cost)
Total = each(250, 12 to 70, share: 30%)
Odds = p(Total > 9000)
High = p90(Backlog)`

if (isMainThread) {
  const { model } = modelFromText(TEXT, monthsBetween('2026-10' as MonthKey, '2027-09' as MonthKey))
  const digests: string[] = []
  for (const threads of [1, 2, 3]) {
    const run = await runOverThreads(model, { samples: 5000, seed: seedOf(3) }, new URL(import.meta.url), threads)
    const samples = model.rows.flatMap(({ id }) => [
      ...(run.sampleOf(id) ?? []),
      ...(run.monthSamplesOf(id) ?? []).flatMap((month) => [...month]),
    ])
    digests.push(JSON.stringify([run.samples, run.notes, [...run.rows.values()], samples]))
  }
  process.stdout.write(JSON.stringify({ size: digests[0]!.length, same: digests.every((one) => one === digests[0]) }))
}
