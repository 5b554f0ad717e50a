import { describe, expect, it } from 'vitest'
import type { FieldUses } from '../../../shared/importers/format.ts'
import { UnreadFields } from '../../../shared/importers/unread-fields.ts'
import type { JsonValue } from '../../../shared/tables/index.ts'

const USES: FieldUses = {
  of: 'usage',
  read: { model: 'model', 'tokens.input': 'uncachedInput', 'parts.*.id': 'key', 'models.*.cost': 'estimated' },
  left: { links: 'where to read on' },
}
const keptOf = (record: unknown, uses: FieldUses = USES) => new UnreadFields(uses).textOf(record as JsonValue)

describe('fields of a record that nobody reads', () => {
  it.each<readonly [unknown, string | null]>([
    [{ model: 'm', tokens: { input: 1 } }, null],
    [{ model: 'm', tier: 'fast' }, 'tier: fast'],
    [{ tokens: { input: 1, output: 2 } }, 'tokens.output: 2'],
    [{ ok: false, none: null, empty: '', list: [], object: {} }, 'ok: false'],
    [{ tags: ['a', 'b'] }, 'tags: a, b'],
    [{ parts: [{ id: 1 }, { id: 2, size: 3 }] }, 'parts.1.size: 3'],
    [{ models: { 'a.b': { cost: 1, tier: 'x' } } }, 'models.a.b.tier: x'],
    [{ links: { next: 'u' } }, null],
    [{ note: 'one\ntwo', 'a\nb': 1 }, 'note: one two\na b: 1'],
    ['text', null],
    [null, null],
  ])('%j -> %j', (record, kept) => {
    expect(keptOf(record)).toBe(kept)
  })

  it('are never what somebody may have written, and their names are known', () => {
    const unread = new UnreadFields(USES)
    const record = {
      prompt: 'secret',
      userMessage: 'secret',
      answers: [{ text: 'secret' }],
      deep: { response_body: 'secret', 'message.content': ['secret'] },
      prompt_tokens: 5,
      completions: 6,
    }
    expect(unread.textOf(record)).toBe('prompt_tokens: 5\ncompletions: 6')
    expect([...unread.texts]).toEqual([
      'prompt',
      'userMessage',
      'answers',
      'deep.response_body',
      'deep.message.content',
    ])
  })

  it('are only those named where records may hold texts', () => {
    const kept = { latency: 'extra', 'message.speed': ['detail', 'extra'], 'metadata.*.id': 'extra' } as const
    const uses = { ...USES, mayHoldTexts: true, read: { ...USES.read, ...kept } }
    const record = {
      latency: 1.5,
      title: 'secret',
      message: { speed: 'fast', content: 'secret', role: 'secret' },
      metadata: { free: { id: 7, said: 'secret' }, other: { id: 'secret' } },
    }
    expect(keptOf(record, uses)).toBe('latency: 1.5\nmessage.speed: fast\nmetadata.free.id: 7')
  })

  it('are bounded in length, number and sum, and what is beyond is told', () => {
    expect(keptOf({ long: 'x'.repeat(201) })).toBe(`long: ${'x'.repeat(200)}`)
    const many = (count: number) => keptOf(Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, i])))
    expect(many(100)?.split('\n')).toHaveLength(100)
    expect(many(102)?.split('\n').at(-1)).toBe('… and 2 more')
    const wide = Array.from({ length: 30 }, (_, i) => [`f${i}`, 'x'.repeat(200)] as const)
    const kept = keptOf(Object.fromEntries(wide))!
    expect(kept.length).toBeLessThan(4100)
    expect(kept).toMatch(/… and \d+ more$/)
  })

  it('may be called anything', () => {
    const record = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"x": 2}}, "toString": 3}')
    expect(keptOf(record)).toBe('__proto__.polluted: 1\nconstructor.prototype.x: 2\ntoString: 3')
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})
