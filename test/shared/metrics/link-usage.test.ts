import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { UTC } from '../../../shared/calendar/index.ts'
import { LINK_LEVELS, linkCost, type LinkLevel } from '../../../shared/metrics/index.ts'
import { nanosOf } from '../../../shared/money/index.ts'
import { instantOf } from '../../../shared/quantities/index.ts'
import { factsOf, onDay } from '../../support/build-facts.ts'

const DAY = 86_400_000
const MONDAY = Date.UTC(2026, 2, 2)
const PEOPLE = ['ada', 'bo', 'cy']
/** Any up to eight changes share it evenly, so that the odd nanos of shares do not matter. */
const EVEN = 840n

const pulls = fc.array(
  fc.record({
    author: fc.constantFrom(...PEOPLE),
    opened: fc.integer({ min: 0, max: 20 }),
    open: fc.option(fc.integer({ min: 0, max: 6 }), { freq: 4 }),
    isMerged: fc.boolean(),
  }),
  { maxLength: 8 },
)
const uses = fc.array(
  fc.record({
    person: fc.option(fc.constantFrom(...PEOPLE), { freq: 4 }),
    day: fc.integer({ min: 0, max: 24 }),
    names: fc.option(fc.integer({ min: 1, max: 9 }), { freq: 2 }),
    nanos: fc.integer({ min: -40, max: 5_000_000 }),
    /** Another row says all the same but no cost. */
    isFollowed: fc.boolean(),
  }),
  { maxLength: 30 },
)

test('law: cost links in columns as it does row by row (seed 74)', () => {
  fc.assert(
    fc.property(pulls, uses, (changes, rows) => {
      const closedOf = ({ opened, open }: (typeof changes)[number]) => (open === null ? null : opened + open)
      const facts = factsOf({
        pullRequest: changes.map((change, i) => {
          const closed = closedOf(change)
          const closedAt = closed === null ? null : instantOf(MONDAY + closed * DAY)
          return {
            repository: 'r',
            number: i + 1,
            author: change.author,
            state: closed === null ? 'open' : change.isMerged ? 'merged' : 'closed',
            createdAt: instantOf(MONDAY + change.opened * DAY),
            closedAt,
            mergedAt: change.isMerged ? closedAt : null,
          }
        }),
        usage: rows.flatMap(({ person, day, names, nanos, isFollowed }) => {
          const use = {
            day: onDay(new Date(MONDAY + day * DAY).toISOString().slice(0, 10)),
            tool: 'T',
            person,
            session: names === null ? null : `r#${names}`,
            currency: 'USD',
          }
          const billed = nanosOf(BigInt(nanos) * EVEN)
          return isFollowed ? [{ ...use, billed }, use] : [{ ...use, billed }]
        }),
      })
      const expected = new Map<string, bigint>()
      const add = (key: string, nanos: bigint): void => void expected.set(key, (expected.get(key) ?? 0n) + nanos)
      for (const { person, day, names, nanos } of rows) {
        const merged = changes.flatMap((change, i) => {
          const closed = closedOf(change)
          return change.isMerged && closed !== null && Math.floor(closed / 7) === Math.floor(day / 7) ? [i + 1] : []
        })
        const open = changes.flatMap((change, i) =>
          change.author === person && change.opened <= day && day <= (closedOf(change) ?? Infinity) ? [i + 1] : [],
        )
        const named = names !== null && names <= changes.length ? [names] : []
        const found: readonly (readonly [LinkLevel, readonly number[]])[] = [
          ['id', named],
          ['person-day', open],
          ['team-week', merged],
        ]
        const [level, numbers] = found.find(([, own]) => own.length > 0) ?? ['none', []]
        add(level, BigInt(nanos) * EVEN)
        add(`rows ${level}`, 1n)
        for (const number of numbers) add(`${number} ${level}`, (BigInt(nanos) * EVEN) / BigInt(numbers.length))
      }
      const settings = { zone: UTC, currency: 'USD', featureMarks: [], productionEnvironments: [] }
      const linked = linkCost({ facts, settings, asOf: onDay('2026-04-30') }, null)
      const got = new Map<string, bigint>()
      for (const level of [...LINK_LEVELS, 'none'] as const)
        if (expected.has(level)) {
          got.set(level, linked!.byLevel[level])
          got.set(`rows ${level}`, BigInt(linked!.rowsByLevel[level]))
        }
      for (const [change, sums] of linked?.ofChange ?? [])
        for (const [level, nanos] of Object.entries(sums))
          got.set(`${'number' in change ? change.number : ''} ${level}`, nanos)
      expect(got).toEqual(expected)
    }),
    { seed: 74, numRuns: 150 },
  )
})
