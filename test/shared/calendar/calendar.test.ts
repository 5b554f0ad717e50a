import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  type Day,
  dayIn,
  dayOfEpoch,
  epochDayOf,
  firstDayOfWeek,
  fiscalPeriodOf,
  fiscalQuarterOf,
  formatInstant,
  isZone,
  lastDayOfMonth,
  monthOf,
  type MonthKey,
  monthsBetween,
  nameQuarter,
  nextQuarter,
  parseDay,
  parseInstant,
  UTC,
  weekOf,
  type Zone,
} from '../../../shared/calendar/index.ts'
import { instantOf } from '../../../shared/quantities/index.ts'

const SEED = 20_261_120
const berlin = 'Europe/Berlin' as Zone
const anyDay = fc.integer({ min: 0, max: 84_000 }).map(dayOfEpoch)

describe('days', () => {
  it('takes days that exist from 1970 to 2199', () => {
    for (const good of ['1970-01-01', '2024-02-29', '2199-12-31']) expect(parseDay(good).ok, good).toBe(true)
    for (const bad of [
      '2023-02-29',
      '2026-04-31',
      '2026-13-01',
      '2026-00-10',
      '1969-12-31',
      '2200-01-01',
      '2026-1-5',
      '',
    ]) {
      expect(parseDay(bad).ok, bad).toBe(false)
    }
  })

  it(`counts days and back (seed ${SEED})`, () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -400, max: 400 }), (day, days) => {
        return dayOfEpoch(epochDayOf(day)) === day && epochDayOf(addDays(day, days)) === epochDayOf(day) + days
      }),
      { seed: SEED },
    )
  })
})

describe('instants', () => {
  const check = (text: string, zone: Zone | undefined, expected: string | null) => {
    const parsed = parseInstant(text, zone)
    expect(parsed.ok ? formatInstant(parsed.value) : null, text).toBe(expected)
  }

  it('reads offsets with and without colon, fractions and spaces', () => {
    check('2026-02-01T09:30:00Z', undefined, '2026-02-01T09:30:00.000Z')
    check('2021-01-25T11:09:27.985+0800', undefined, '2021-01-25T03:09:27.985Z')
    check('2026-02-01 09:30:00.1234567-05:30', undefined, '2026-02-01T15:00:00.123Z')
    check('2026-02-01 09:30 UTC', undefined, '2026-02-01T09:30:00.000Z')
  })

  it('keeps every millisecond', () => {
    for (let ms = 0; ms < 1000; ms++) {
      const text = `2026-02-01T00:00:00.${String(ms).padStart(3, '0')}Z`
      check(text, undefined, text)
    }
  })

  it('refuses times without a zone unless one is given, and times that do not exist', () => {
    check('2026-02-01T09:30:00', undefined, null)
    check('2026-02-01T09:30:00', berlin, '2026-02-01T08:30:00.000Z')
    check('2026-07-01T09:30:00', berlin, '2026-07-01T07:30:00.000Z')
    check('2026-02-30T00:00:00Z', undefined, null)
    check('2026-02-01T24:00:00Z', undefined, null)
    check('1767571200', undefined, null)
  })

  it.each([
    // Twice: the first of the two.
    ['Europe/Berlin', '2026-10-25T02:30:00', '2026-10-25T00:30:00.000Z'],
    ['America/New_York', '2026-11-01T01:30:00', '2026-11-01T05:30:00.000Z'],
    // Left out: as if the clock had not been changed yet.
    ['Europe/Berlin', '2026-03-29T02:30:00', '2026-03-29T01:30:00.000Z'],
    ['America/New_York', '2026-03-08T02:30:00', '2026-03-08T07:30:00.000Z'],
    ['America/Havana', '2026-03-08T00:00:00', '2026-03-08T05:00:00.000Z'],
    // Before and after.
    ['Europe/Berlin', '2026-03-29T01:59:59', '2026-03-29T00:59:59.000Z'],
    ['Europe/Berlin', '2026-03-29T03:00:00', '2026-03-29T01:00:00.000Z'],
    ['America/New_York', '2026-11-01T02:00:00', '2026-11-01T07:00:00.000Z'],
  ])('reads %s %s, where clocks change, as %s', (zone, text, expected) => check(text, zone as Zone, expected))

  it('begins each day of a zone where the one before ends', () => {
    const zones = ['Europe/Berlin', 'America/Havana', 'America/Santiago', 'Africa/Cairo', 'Australia/Lord_Howe']
    for (const zone of zones as Zone[]) {
      for (let day = '2026-01-01' as Day; day < '2027-01-01'; day = addDays(day, 1)) {
        const start = parseInstant(`${day}T00:00:00`, zone)
        const days = start.ok && [dayIn(start.value, zone), dayIn(instantOf(start.value - 1), zone)]
        expect(days).toEqual([day, addDays(day, -1)])
      }
    }
  })

  it('say the same with T and with a space, and by the ISO clock (seed 20261121)', () => {
    const two = (value: number) => String(value).padStart(2, '0')
    const part = (most: number) => fc.nat(most).map(two)
    const wall = fc.tuple(part(13), part(32), part(24), part(60), part(60))
    const zone = fc.oneof(
      fc.constant('Z'),
      fc.tuple(fc.constantFrom('+', '-'), part(99), part(99)).map(([sign, h, m]) => `${sign}${h}:${m}`),
    )
    fc.assert(
      fc.property(fc.integer({ min: 1960, max: 2210 }), wall, zone, (year, rest, end) => {
        const [month, date, hour, minute, second] = rest
        const [day, clock] = [`${year}-${month}-${date}`, `${hour}:${minute}:${second}${end}`]
        const [plain, careful] = [parseInstant(`${day}T${clock}`), parseInstant(`${day} ${clock}`)]
        expect(plain.ok ? plain.value : null).toBe(careful.ok ? careful.value : null)
        if (plain.ok && end === 'Z' && second !== '60') expect(plain.value).toBe(Date.parse(`${day}T${clock}`))
      }),
      { seed: 20_261_121, numRuns: 3000 },
    )
  })

  it('places an instant on its local day', () => {
    const at = parseInstant('2026-02-01T23:30:00Z')
    expect(at.ok && [dayIn(at.value, UTC), dayIn(at.value, berlin)]).toEqual(['2026-02-01', '2026-02-02'])
  })

  it('knows zones by IANA name', () => {
    expect([isZone('Europe/Berlin'), isZone('Mars/Olympus')]).toEqual([true, false])
  })
})

describe('weeks, months, quarters', () => {
  it('gives a week to the year of its Thursday', () => {
    expect(weekOf('2027-01-01' as Day)).toBe('2026-W53')
    expect(weekOf('2026-01-01' as Day)).toBe('2026-W01')
    expect(weekOf('2024-12-30' as Day)).toBe('2025-W01')
  })

  it(`begins every week on the Monday at or before the day (seed ${SEED})`, () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const behind = epochDayOf(day) - epochDayOf(firstDayOfWeek(weekOf(day)))
        return behind >= 0 && behind <= 6 && (epochDayOf(firstDayOfWeek(weekOf(day))) + 3) % 7 === 0
      }),
      { seed: SEED },
    )
  })

  it('walks months over years', () => {
    expect(addMonths('2026-11' as MonthKey, 3)).toBe('2027-02')
    expect(addMonths('2026-01' as MonthKey, -1)).toBe('2025-12')
    expect(monthsBetween('2026-11' as MonthKey, '2027-01' as MonthKey)).toEqual(['2026-11', '2026-12', '2027-01'])
    expect(monthsBetween('2027-01' as MonthKey, '2026-11' as MonthKey)).toEqual([])
    expect(lastDayOfMonth('2024-02' as MonthKey)).toBe('2024-02-29')
    expect(monthOf('2026-11-20' as Day)).toBe('2026-11')
  })

  it('names fiscal years after the year they end in', () => {
    expect(fiscalPeriodOf('2026-11' as MonthKey, { startMonth: 2 })).toEqual({
      fiscalYear: 2027,
      period: 10,
      quarter: 4,
    })
    expect(fiscalPeriodOf('2026-11' as MonthKey, { startMonth: 1 })).toEqual({
      fiscalYear: 2026,
      period: 11,
      quarter: 4,
    })
    const quarter = fiscalQuarterOf('2026-11' as MonthKey, { startMonth: 1 })
    expect([nameQuarter(quarter), quarter.months]).toEqual(['FY26 Q4', ['2026-10', '2026-11', '2026-12']])
    expect(nameQuarter(nextQuarter(quarter, { startMonth: 1 }))).toBe('FY27 Q1')
  })
})
