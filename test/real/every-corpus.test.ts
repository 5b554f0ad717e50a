import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import type { ImportChoices } from '../../shared/importers/index.ts'
import { lookAtBytes, readTable } from '../../shared/tables/index.ts'
import { describeReal, sharedData } from '../support/shared-data.ts'
import { stageBytes } from '../support/stage.ts'

const corpora = path.join(sharedData ?? '', 'corpora')
const SUITES =
  sharedData === null ? [] : readdirSync(corpora).filter((name) => statSync(path.join(corpora, name)).isDirectory())

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile())
    .sort()
}

/** Every question a file may ask, answered. */
const ANSWERS: ImportChoices = { encoding: 'utf-8', decimalMark: '.', dayOrder: 'day-first', currency: 'USD' }

describeReal('every file of the corpora', () => {
  it.each(SUITES)('%s: is read to the last record or refused with a sentence, and pollutes nothing', async (suite) => {
    const before = Object.getOwnPropertyNames(Object.prototype).sort().join()
    let [read, refusedFiles] = [0, 0]
    for (const file of filesOf(path.join(corpora, suite))) {
      const stored = readFileSync(file)
      const packed = stored[0] === 0x1f && stored[1] === 0x8b
      for (const bytes of [stored, ...(packed ? [gunzipSync(stored)] : [])].map((all) => new Uint8Array(all))) {
        for (const choices of [{}, ANSWERS]) {
          const outcome = await stageBytes(path.basename(file), bytes, choices)
          if (!outcome.ok) {
            refusedFiles++
            const [issue] = outcome.issues
            expect([file, issue!.did, issue!.wanted === '']).toEqual([file, 'stopped', false])
            continue
          }
          read++
          const { counts } = outcome.value.record
          const accepted = counts.new + counts.changed + counts.duplicate
          expect([file, accepted + counts.keptAside + counts.blank]).toEqual([file, counts.rows])
          expect([file, outcome.value.keptAside.length]).toEqual([file, counts.keptAside])
          // Records as another way of reading counts them.
          const table = lookAtBytes(bytes).kind === 'text' ? readTable(bytes, lookAtBytes(bytes), choices) : null
          if (table?.ok && outcome.value.record.format.endsWith('-csv')) {
            const records = [...table.value.batches()].reduce((sum, { rows }) => sum + rows.length, 0)
            expect([file, counts.rows]).toEqual([file, records])
          }
          break
        }
      }
    }
    expect(read + refusedFiles).toBeGreaterThan(0)
    expect(Object.getOwnPropertyNames(Object.prototype).sort().join()).toBe(before)
  })
})
