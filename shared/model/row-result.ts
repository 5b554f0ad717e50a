import { type CompiledModel, MONTH, SAMPLE } from './instructions.ts'
import { lostValue, type Makers } from './lost-value.ts'
import { lateSpreadOf } from './spread-of.ts'
import type { RowResult, Spread } from './types.ts'

/** What is told of one row once all samples are known; undefined samples and months are counted in the notes. */
export function resultOf(
  compiled: CompiledModel,
  data: readonly Float64Array[],
  samplesOf: (register: number) => readonly Float64Array[],
  index: number,
  samples: number,
  notes: string[],
  makers: Makers,
): RowResult {
  const row = compiled.rows[index]!
  const head = { id: row.id, name: row.name, unit: row.unit }
  if (row.error || row.register === null) return { ...head, shape: 'error', error: row.error! }
  const { shape } = compiled.registers[row.register]!
  if (shape & SAMPLE) {
    const kept = samplesOf(row.register)
    const missing = kept.map(missingIn)
    const most = Math.max(...missing)
    if (most > 0) {
      const where = shape & MONTH ? ` in ${compiled.model.months[missing.indexOf(most)]}` : ''
      notes.push(
        `“${row.name}”: ${most.toLocaleString('en-US')} of ${samples.toLocaleString('en-US')} samples have no value${where}.`,
      )
    }
    return shape & MONTH ? lateSpreads(head, kept) : lateSpread(head, kept[0]!)
  }
  const source = data[row.register]!
  const values: number[] = []
  let known = 0
  for (let t = 0; t < source.length; t++) {
    const value = source[t]!
    const isKnown = value - value === 0
    values.push(isKnown ? value : Number.NaN)
    if (isKnown) known++
  }
  if (known === 0) return { ...head, shape: 'error', error: lostValue(compiled, makers, data, row, index) }
  if (!(shape & MONTH)) return { ...head, shape: 'number', value: values[0]! }
  if (known < values.length) {
    const first = compiled.model.months[values.findIndex((value) => value !== value)]
    notes.push(
      `“${row.name}”: ${values.length - known} of ${values.length} months have no value, the first is ${first}.`,
    )
  }
  return { id: row.id, name: row.name, unit: row.unit, shape: 'months', values }
}

type Head = Pick<RowResult, 'id' | 'name' | 'unit'>

/** Percentiles cost more than many a model; they are worked out when first looked at. */
function lateSpread(head: Head, samples: Float64Array): RowResult {
  let known: Spread | null = null
  return {
    ...head,
    shape: 'spread',
    get spread() {
      return (known ??= lateSpreadOf(samples))
    },
  }
}

function lateSpreads(head: Head, months: readonly Float64Array[]): RowResult {
  let known: readonly Spread[] | null = null
  return {
    ...head,
    shape: 'spread by month',
    get spreads() {
      return (known ??= months.map(lateSpreadOf))
    },
  }
}

function missingIn(samples: Float64Array): number {
  let missing = 0
  for (let i = 0; i < samples.length; i++) if (!Number.isFinite(samples[i]!)) missing++
  return missing
}
