import { describe, expect, it } from 'vitest'
import type { FieldUses, UsageMeaning } from '../../../../shared/importers/format.ts'
import { KNOWN_FORMATS } from '../../../../shared/importers/formats/all-formats.ts'
import { isNameOfTexts, mayHoldTexts } from '../../../../shared/importers/keeps-texts.ts'
import { type Example, fieldEffects } from '../../../support/field-effects.ts'
import { staged } from '../../../support/stage.ts'
import { ANTHROPIC } from './examples/anthropic.ts'
import { CLOUDS } from './examples/clouds.ts'
import { COPILOT } from './examples/copilot.ts'
import { CURSOR } from './examples/cursor.ts'
import { GATEWAYS } from './examples/gateways.ts'
import { OPENAI } from './examples/openai.ts'
import { TOOLS } from './examples/tools.ts'

const EXAMPLES: readonly Example[] = [...ANTHROPIC, ...OPENAI, ...CURSOR, ...COPILOT, ...CLOUDS, ...GATEWAYS, ...TOOLS]
const USAGE = KNOWN_FORMATS.filter(({ kind }) => kind === 'usage')

function declared(uses: FieldUses['around'] = {}): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(uses).map(([path, use]) => [path, [...new Set(typeof use === 'string' ? [use] : use)].sort()]),
  )
}

function found(effects: ReadonlyMap<string, ReadonlySet<string>>): Record<string, readonly string[]> {
  return Object.fromEntries([...effects].map(([path, said]) => [path, [...said].sort()]))
}

/** What becomes of a field the layout does not name. */
function unnamed(path: string, fields: FieldUses): readonly string[] {
  const isText = path.split('.').some(isNameOfTexts)
  return fields.mayHoldTexts === true || isText ? [] : ['extra']
}

describe('every field of a usage export becomes what its layout declares', () => {
  it.each(USAGE.map(({ id }) => id))('%s', async (id) => {
    const format = USAGE.find((one) => one.id === id)!
    const { fields } = format
    const examples = EXAMPLES.filter((example) => example.format === id)
    expect([id, fields !== undefined, examples.length > 0]).toEqual([id, true, true])
    const effects = await fieldEffects(examples, fields!)
    const read = declared(fields!.read)
    const left = Object.fromEntries(Object.keys(fields!.left ?? {}).map((path) => [path, [] as const]))
    const others = Object.fromEntries(
      [...effects.read.keys()]
        .filter((path) => !(path in read) && !(path in left))
        .map((path) => [path, unnamed(path, fields!)]),
    )
    expect(found(effects.read)).toEqual({ ...read, ...left, ...others })
    const around = found(effects.around)
    for (const path of Object.keys(around)) if (around[path]!.length === 0) delete around[path]
    expect(around).toEqual(declared(fields!.around))
    holdsMeaning(format.shape === 'text' ? undefined : format.meaning, { ...around, ...found(effects.read) })
  })
})

describe('what somebody wrote to a model, and what it answered', () => {
  const withTexts = EXAMPLES.filter(
    ({ format }) => USAGE.find(({ id }) => id === format)?.fields?.mayHoldTexts === true,
  )
  const examples = withTexts.filter((example) => example.text(example.document).includes('secret'))

  it('is in the examples of every layout that may hold it', () => {
    const formats = new Set(examples.map(({ format }) => format))
    const known = USAGE.filter(({ fields }) => fields?.mayHoldTexts === true).map(({ id }) => id)
    expect([...formats].sort()).toEqual(known.sort())
    for (const id of known) expect(mayHoldTexts(id, '')).toBe(true)
  })

  it.each(examples.map((example, at) => [`${at} ${example.format}`, example] as const))(
    'is kept neither with the facts nor of a row kept aside: %s',
    async (_name, example) => {
      const text = example.text(example.document)
      const broken = text.replace(/202[56]-\d\d-\d\d[T ]\d\d/g, 'no time').replace(/176994\d{13}/g, 'no time')
      const [whole, aside] = [await staged('f', text, { ...example.choices }), await staged('f', broken)]
      expect(whole.chunks.length).toBeGreaterThan(0)
      expect(aside.keptAside.length).toBeGreaterThan(0)
      const words = [...whole.chunks, ...aside.chunks].flatMap(({ columns }) =>
        Object.values(columns).flatMap((column) => (column.kind === 'text' ? column.words : [])),
      )
      expect(words.filter((word) => word.includes('secret'))).toEqual([])
      expect(JSON.stringify([aside.keptAside, whole.keptAside, whole.record, aside.record])).not.toContain('secret')
    },
  )
})

/** What is declared of the whole layout agrees with what its fields do. */
function holdsMeaning(meaning: UsageMeaning | undefined, all: Readonly<Record<string, readonly string[]>>): void {
  const usesOf = (name: string) =>
    Object.entries(all).flatMap(([path, uses]) =>
      `.${path}.`.toLowerCase().includes(`.${name.toLowerCase()}.`) ? [uses] : [],
    )
  for (const [name, kind] of Object.entries(meaning!.costs)) {
    const uses = usesOf(name).flat()
    if (kind !== 'by-row') expect([name, uses]).toEqual([name, expect.arrayContaining([kind])])
    else expect(uses.length).toBeGreaterThan(0)
  }
  for (const names of meaning!.identity) {
    const uses = [names].flat().flatMap((name) => usesOf(name).flat())
    // Names anybody chooses are no fields that could be changed here.
    const isFree = Object.keys(all).some((path) => path.startsWith(`${String(names)}.*`))
    expect([names, isFree || uses.includes('key')]).toEqual([names, true])
  }
  for (const name of meaning!.restated) expect([name, usesOf(name).length > 0]).toEqual([name, true])
  // Cache inside the input is taken out of it; cache beside it leaves it alone.
  const cacheRead = Object.values(all).filter((uses) => uses.includes('cacheRead') && uses.length <= 2)
  for (const uses of cacheRead) expect(uses.includes('uncachedInput')).toBe(meaning!.inputIncludesCache)
}
