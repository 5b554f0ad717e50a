import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  MS_PER_HOUR,
  tellWorkingTime,
  USUAL_WORKING_TIME,
  UTC,
  workingClock,
  type WorkingTime,
  type Zone,
} from '../../../shared/calendar/index.ts'
import { at } from '../../support/build-facts.ts'

const berlin = 'Europe/Berlin' as Zone
const newYork = 'America/New_York' as Zone

describe('working hours between two moments', () => {
  test.each([
    // 2026-03-06 is a Friday.
    ['Friday afternoon to Monday morning', UTC, '2026-03-06T16:00', '2026-03-09T10:00', 2],
    ['Saturday to Sunday', UTC, '2026-03-07T10:00', '2026-03-08T20:00', 0],
    ['one evening to the next morning', UTC, '2026-03-03T18:00', '2026-03-04T08:00', 0],
    ['inside one day', UTC, '2026-03-03T10:15', '2026-03-03T11:00', 0.75],
    ['a whole week', UTC, '2026-03-02T00:00', '2026-03-09T00:00', 40],
    ['nine o’clock in Berlin is eight in London', berlin, '2026-03-03T08:00', '2026-03-03T10:00', 2],
    ['over the change to summer time', berlin, '2026-03-27T15:00', '2026-03-30T08:00', 2],
    ['a Monday that began on Sunday in London', 'Asia/Tokyo' as Zone, '2026-03-08T23:00', '2026-03-09T01:00', 1],
    ['years before the first moment asked for', UTC, '2019-03-04T00:00', '2019-03-05T00:00', 8],
  ])('%s', (_, zone, from, to, hours) => {
    const clock = workingClock(USUAL_WORKING_TIME, zone)
    clock(at('2026-06-01T00:00'), at('2026-06-02T00:00'))
    expect(clock(at(from), at(to)) / MS_PER_HOUR).toBe(hours)
    expect(clock(at(to), at(from)) / MS_PER_HOUR + 0).toBe(-hours + 0)
  })

  test('a night shift of all days that the clocks are changed in has one hour less', () => {
    const nights: WorkingTime = { days: [1, 2, 3, 4, 5, 6, 7], from: 0, until: 6 * 60 }
    expect(workingClock(nights, berlin)(at('2026-03-28T12:00'), at('2026-03-29T12:00')) / MS_PER_HOUR).toBe(5)
    expect(workingClock(nights, berlin)(at('2026-10-24T12:00'), at('2026-10-25T12:00')) / MS_PER_HOUR).toBe(7)
  })

  test('all days around the clock is the clock', () => {
    const always: WorkingTime = { days: [1, 2, 3, 4, 5, 6, 7], from: 0, until: 1440 }
    expect(workingClock(always, berlin)(at('2026-01-01T03:00'), at('2026-12-31T21:00'))).toBe(
      at('2026-12-31T21:00') - at('2026-01-01T03:00'),
    )
  })

  test('law: it is what counting quarters of an hour says, and adds up', () => {
    const clocks = [UTC, berlin, newYork].map((zone) => ({
      clock: workingClock(USUAL_WORKING_TIME, zone),
      format: new Intl.DateTimeFormat('en-GB', {
        timeZone: zone,
        weekday: 'short',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      }),
    }))
    const quarter = fc.integer({ min: 0, max: 4 * 24 * 4 })
    fc.assert(
      fc.property(fc.nat(2), fc.integer({ min: 0, max: 360 }), quarter, quarter, (zone, day, one, other) => {
        const { clock, format } = clocks[zone]!
        const start = at('2026-01-01T00:00') + day * 24 * MS_PER_HOUR
        const [from, to] = [start + Math.min(one, other) * 900_000, start + Math.max(one, other) * 900_000]
        let quarters = 0
        for (let now = from; now < to; now += 900_000) {
          const { weekday, hour } = Object.fromEntries(format.formatToParts(now).map((part) => [part.type, part.value]))
          if (weekday![0] !== 'S' && Number(hour) >= 9 && Number(hour) < 17) quarters++
        }
        expect(clock(from, to)).toBe(quarters * 900_000)
        const middle = Math.floor((from + to) / 2)
        expect(clock(from, middle) + clock(middle, to)).toBe(clock(from, to))
      }),
      { numRuns: 100, seed: 41 },
    )
  })
})

test('told to people', () => {
  expect(tellWorkingTime(USUAL_WORKING_TIME)).toBe('Monday to Friday, 09:00 to 17:00')
  expect(tellWorkingTime({ days: [1, 3], from: 510, until: 1440 })).toBe('Monday, Wednesday, 08:30 to 24:00')
})
