import { describe, expect, it } from 'vitest'
import { KNOWN_FORMATS } from '../../../../shared/importers/formats/all-formats.ts'
import { isNameOfTexts } from '../../../../shared/importers/keeps-texts.ts'
import { fieldEffects } from '../../../support/field-effects.ts'
import { rowsOf, staged } from '../../../support/stage.ts'
import { DELIVERY_EXAMPLES } from './examples/deliveries.ts'

const DELIVERIES = KNOWN_FORMATS.filter(({ kind, shape }) => kind === 'delivery' && shape !== 'text')

type Effects = Record<string, readonly string[]>

function sorted(uses: Iterable<readonly [string, string | Iterable<string>]>): Effects {
  return Object.fromEntries(
    [...uses].map(([path, use]) => [path, [...new Set(typeof use === 'string' ? [use] : use)].sort()]),
  )
}

describe('every field of a delivery export becomes what its layout declares', () => {
  it.each(DELIVERIES.map(({ id }) => id))('%s', async (id) => {
    const { fields, shape } = DELIVERIES.find((one) => one.id === id)!
    const examples = DELIVERY_EXAMPLES.filter(({ format }) => format === id)
    expect([id, fields !== undefined, examples.length > 0]).toEqual([id, true, true])
    const { of, read, left = {}, around = {} } = fields!
    const effects = await fieldEffects(examples, fields!)
    const found = sorted(effects.read)
    const leftOut = Object.keys(left).filter((path) => path in found)
    const others = Object.keys(found).filter((path) => !(path in read) && !(path in left))
    const kept = others.map((path) => [path, isUnkept(path, shape) ? [] : [`${of}.extra`]] as const)
    // A column of another generation of the layout may be in none of the examples.
    const declared = sorted(Object.entries(read).filter(([path]) => path in found))
    expect(found).toEqual({ ...declared, ...sorted(leftOut.map((path) => [path, []] as const)), ...sorted(kept) })
    expect(Object.keys(read).filter((path) => !(path in found))).toEqual([])
    const foundAround = Object.fromEntries(Object.entries(sorted(effects.around)).filter(([, uses]) => uses.length > 0))
    expect(foundAround).toEqual(sorted(Object.entries(around)))
  })
})

/** Texts, and addresses an answer names for what can be asked next. */
function isUnkept(path: string, shape: string): boolean {
  const name = path.split('.').at(-1)!
  return isNameOfTexts(name) || (shape === 'json' && /^(?:url|self|href|web|api|.+_url)$/.test(name))
}

describe('what nobody reads of a delivery', () => {
  const HEAD = 'ID,Team,Title,Status,Created,Started,Completed,Canceled,Priority,Notes,Description'
  const linear = (notes: string) => `${HEAD}\nA-1,T,t,Done,2026-02-01T10:00:00Z,,,,High,${notes},secret plan\n`

  it('is kept with its row, but nothing people wrote', async () => {
    const keptOf = async (notes: string) => {
      const one = await staged('l.csv', linear(notes))
      const note = one.record.notes.find(({ code }) => code === 'import/texts-not-kept')
      return [rowsOf(one, 'workItem')[0]!.extra, note?.said]
    }
    expect(await keptOf('short')).toEqual(['Priority: High\nNotes: short', undefined])
    expect(await keptOf('"two\nlines"')).toEqual(['Priority: High', 'Notes'])
    expect(await keptOf('x'.repeat(201))).toEqual(['Priority: High', 'Notes'])
    expect(await keptOf('x'.repeat(200))).toEqual([`Priority: High\nNotes: ${'x'.repeat(200)}`, undefined])
  })
})
