import { expect, it } from 'vitest'
import type { ImportRecord } from '../../../../shared/importers/index.ts'
import { countedElsewhere } from '../../../../renderer/views/data/counted-elsewhere.ts'
import { joined, NOTHING, staged } from '../../../support/stage.ts'

const bill = (rows: string) => `usage_date_utc,model,api_key,usage_type,token_type,cost_usd\n${rows}`

it('names the days and the file, from both sides, and nothing once the other is taken back', async () => {
  const known = joined(NOTHING, await staged('first.csv', bill('2026-04-01,m,k,u,t,1\n2026-04-02,m,k,u,t,1\n')))
  const later = await staged('later.csv', bill('2026-04-02,m,k,u,t,1\n2026-04-03,m,k,u,t,1\n'), {}, known)
  const [first, second] = joined(known, later).imports as [ImportRecord, ImportRecord]
  expect(countedElsewhere(first, [first, second])).toEqual(['2 Apr 2026 counts from later.csv.'])
  expect(countedElsewhere(second, [first, second])).toEqual([])
  expect(countedElsewhere(first, [first])).toEqual([])

  const older = await staged('older.csv', bill('2026-04-02,m,k,u,t,1\n'), {}, joined(NOTHING, later))
  expect(countedElsewhere(older.record, [later.record, older.record])).toEqual(['2 Apr 2026 counts from later.csv.'])
})
