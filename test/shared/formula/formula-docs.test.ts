import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { functionReference, MARKER } from '../../../build/make-formula-docs.mjs'
import { FUNCTIONS } from '../../../shared/formula/index.ts'
import { compileModel, runModel } from '../../../shared/model/index.ts'
import { seedOf } from '../../../shared/quantities/index.ts'
import { modelOf } from '../model/run.ts'

const PAGE = readFileSync(path.join(import.meta.dirname, '../../../docs/formulas.md'), 'utf8')

test('the reference is that of the function table (npm run docs:formulas writes it)', () => {
  expect(PAGE.split(MARKER)[1]!.trim()).toBe(functionReference(FUNCTIONS).trim())
})

describe('worked models give what they say', () => {
  const models = [...PAGE.matchAll(/### (\d+\. .+)\n[^`]*```model\n([^`]*)```/g)].map(([, title, text]) => [
    title!,
    text!,
  ])

  test('there are twenty', () => expect(models).toHaveLength(20))

  test.each(models)('%s', (_, text) => {
    const compiled = compileModel(modelOf(text))
    expect(compiled.errors).toEqual([])
    const run = runModel(compiled, { samples: 10_240, seed: seedOf(1) })
    const claims = [...text.matchAll(/^(?:'([^']+)'|(\w+)).*-- (=|about) ([-\d.,]+)$/gm)]
    expect(claims.length).toBeGreaterThan(0)
    for (const [, quoted, plain, kind, said] of claims) {
      const row = [...run.rows.values()].find(({ name }) => name === (quoted ?? plain))!
      const value = row.shape === 'number' ? row.value : row.shape === 'spread' ? row.spread.p50 : Number.NaN
      const claimed = Number(said!.replaceAll(',', ''))
      // Exact ones as far as they are written, to a unit of four digits at least; others within what 10,240 samples may be off by.
      expect(Math.abs(value / claimed - 1), `${row.name} = ${value}`).toBeLessThan(kind === '=' ? 5e-4 : 0.03)
    }
  })
})
