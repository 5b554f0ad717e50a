import type { Day } from '../calendar/index.ts'
import { inventCompany } from './company.ts'
import { makeDeliveryFiles, type SampleFile } from './delivery-files.ts'
import { makeUsageFiles } from './usage-files.ts'

/** The made-up company's exports of the 26 weeks that end on `today`; same seed and day, same bytes. */
export function makeSampleFiles({
  seed,
  today,
}: {
  readonly seed: number
  readonly today: Day
}): readonly SampleFile[] {
  const company = inventCompany(seed)
  return [...makeUsageFiles(company, seed, today), ...makeDeliveryFiles(company, seed, today)]
}
