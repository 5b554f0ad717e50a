import { instantOf } from '../../shared/quantities/index.ts'
import { makeSampleWorkbook } from '../../shared/sample/index.ts'
import { writeWorkbookFile } from '../../shared/workbook/index.ts'
import { onDay } from './build-facts.ts'

/** The sample of seed 1 up to 2026-11-20 as a workbook file. */
export async function sampleBytes(): Promise<Uint8Array> {
  return writeWorkbookFile(
    await makeSampleWorkbook({ seed: 1, today: onDay('2026-11-20'), now: instantOf(1_795_000_000_000) }),
  )
}
