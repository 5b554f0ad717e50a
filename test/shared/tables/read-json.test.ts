import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lookAtBytes, ownField, readJson, readJsonText } from '../../../shared/tables/index.ts'
import { bytesOf } from '../../support/stage.ts'

const SEED = 20_261_120

function pages(text: string): readonly (readonly [unknown, number])[] | string {
  const read = readJsonText(text)
  return read.ok ? read.value.map(({ value, line }) => [value, line] as const) : read.issues[0]!.code
}

describe('readJson', () => {
  it('reads one document, several after each other, and lines of them', () => {
    expect(pages('{"a":1}')).toEqual([[{ a: 1 }, 1]])
    expect(pages('[1]\n[2]')).toEqual([
      [[1], 1],
      [[2], 2],
    ])
    expect(pages('{"a":"}{"}{"b":2}')).toEqual([
      [{ a: '}{' }, 1],
      [{ b: 2 }, 1],
    ])
    expect(pages('{"a":\n1}\n\n{"b":2}\n')).toEqual([
      [{ a: 1 }, 1],
      [{ b: 2 }, 4],
    ])
  })

  it('refuses what is cut off, damaged or empty', () => {
    for (const text of ['{"a":', '[1,2', '{"a":1]', '[1,]', "{'a':1}", '{"a":1} x'])
      expect(pages(text)).toBe('tables/not-json')
    expect(pages('  \n')).toBe('tables/empty-file')
    const bad = Uint8Array.of(0x5b, 0x22, 0xff, 0x22, 0x5d)
    const read = readJson(bad, lookAtBytes(bad))
    expect(read.ok ? null : read.issues[0]!.code).toBe('tables/encoding-unknown')
  })

  it('goes 64 levels deep and no further', () => {
    expect(typeof pages('['.repeat(64) + ']'.repeat(64))).toBe('object')
    expect(pages('['.repeat(65) + ']'.repeat(65))).toBe('tables/json-too-deep')
    expect(pages('['.repeat(1_000_000))).toBe('tables/json-too-deep')
  })

  it('never touches the prototype and never reads from it', () => {
    const read = readJsonText('{"__proto__":{"polluted":true},"constructor":1}')
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    const value = read.ok ? read.value[0]!.value : null
    expect(ownField(value, 'constructor')).toBe(1)
    expect(ownField({}, 'toString')).toBeUndefined()
    expect(ownField([1], 'length')).toBeUndefined()
  })

  it(`reads what JSON.stringify writes, with and without line feeds between (seed ${SEED})`, () => {
    fc.assert(
      fc.property(
        fc.array(fc.object({ maxDepth: 3 }), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (values, hasLines) => {
          const text = values.map((value) => JSON.stringify(value)).join(hasLines ? '\n' : '')
          const read = readJson(bytesOf(text), lookAtBytes(bytesOf(text)))
          expect(read.ok && read.value.map(({ value }) => JSON.stringify(value))).toEqual(
            values.map((value) => JSON.stringify(value)),
          )
        },
      ),
      { seed: SEED },
    )
  })
})
