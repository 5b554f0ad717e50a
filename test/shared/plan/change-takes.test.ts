import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { deliveryOf } from '../../../shared/delivery/index.ts'
import { type AttributionRule, changeTakes } from '../../../shared/plan/index.ts'
import { at, factsOf } from '../../support/build-facts.ts'

const landing = (sha: string, authorEmail: string) => ({
  repository: 'o/shop',
  sha,
  authorEmail,
  committedAt: at(`2026-03-0${sha}T10:00`),
})
const file = (sha: string, path: string, added: number, deleted = 0) => ({
  repository: 'o/shop',
  sha,
  path,
  added,
  deleted,
})

const delivery = deliveryOf(
  factsOf({
    landing: [landing('1', 'ada@x'), landing('2', 'bo@x')],
    fileChange: [file('1', 'web/a.ts', 10, 5), file('1', 'sql/a.sql', 2), file('2', 'web/b.css', 7), file('2', 'x', 3)],
    ownership: [
      { repository: 'o/shop', of: 'path', pattern: '/sql/', team: 'Data', position: 0, source: 'codeowners' },
    ],
  }),
  { productionEnvironments: [] },
)

function rule(order: number, field: AttributionRule['field'], equals: string, initiativeId: string, team?: string) {
  return { id: `r${order}`, field, equals, initiativeId, order, ...(team === undefined ? {} : { team }) }
}

describe('what rules about paths take of the changes', () => {
  it('is counted in changes and lines, the first rule deciding; unowned is what neither rules nor CODEOWNERS name', () => {
    const rules = [
      rule(1, 'path', '*.css', 'style'),
      rule(2, 'path', 'web/**', 'web', 'Web'),
      rule(3, 'tool', 'T', 'x'),
    ]
    expect(changeTakes(delivery, rules, [])).toEqual({
      byRule: { r1: { changes: 1, lines: 7 }, r2: { changes: 1, lines: 15 } },
      unowned: { changes: 1, lines: 3 },
      total: { changes: 2, lines: 27 },
    })
  })

  it('leaves to earlier rules about people and repositories what is theirs', () => {
    const rules = [rule(1, 'person', 'ada*', 'search', 'Core'), rule(2, 'path', '*', 'rest')]
    const { byRule, unowned } = changeTakes(delivery, rules, [])
    expect(byRule).toEqual({ r2: { changes: 1, lines: 10 } })
    expect(unowned.lines).toBe(10)
  })

  it('counts a rule that names a team only by the teams it decides', () => {
    const rules = [rule(1, 'path', 'web/', '', 'Web'), rule(2, 'path', '*', 'all')]
    expect(changeTakes(delivery, rules, []).byRule).toEqual({
      r1: { changes: 2, lines: 22 },
      r2: { changes: 2, lines: 27 },
    })
  })

  test('law: with a last rule for everything the lines add up to all', () => {
    const equals = fc.constantFrom('*.css', '/web/', 'sql/**', 'x', '', 'nothing')
    fc.assert(
      fc.property(fc.array(equals, { maxLength: 5 }), (list) => {
        const rules = [...list, '*'].map((one, i) => rule(i, 'path', one, `i${i}`))
        const { byRule, total } = changeTakes(delivery, rules, [])
        expect(Object.values(byRule).reduce((sum, { lines }) => sum + lines, 0)).toBe(total.lines)
      }),
      { seed: 20261121, numRuns: 60 },
    )
  })
})
