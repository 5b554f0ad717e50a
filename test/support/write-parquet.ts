/** A Parquet file by hand: one row group, plain encoding, no packing. Enough to be read by others as such. */
export interface ParquetTestColumn {
  readonly name: string
  readonly type: 'text' | 'int64' | 'int32' | 'double' | 'date' | 'decimal' | 'timestamp'
  /** Digits behind the point of a decimal, stored in 16 bytes. */
  readonly scale?: number
  readonly values: readonly (string | number | bigint | null)[]
}

const TYPES = { text: 6, int64: 2, int32: 1, double: 5, date: 1, decimal: 7, timestamp: 2 } as const
const CONVERTED = { text: 0, decimal: 5, date: 6, timestamp: 9 } as const

/** `claimedRows` and `claimedBytes`: what a made-up file says of itself. */
export function writeParquet(
  columns: readonly ParquetTestColumn[],
  claimedRows?: number,
  claimedBytes?: number,
): Uint8Array {
  const rows = claimedRows ?? columns[0]!.values.length
  const out: number[] = [...text('PAR1')]
  const chunks = columns.map((column) => {
    const data = pageOf(column)
    const page = struct([
      [1, i32(0)],
      [2, i32(data.length)],
      [3, i32(data.length)],
      [
        5,
        struct([
          [1, i32(column.values.length)],
          [2, i32(0)],
          [3, i32(3)],
          [4, i32(3)],
        ]),
      ],
    ]).bytes
    const offset = out.length
    for (const byte of [...page, ...data]) out.push(byte)
    const size = page.length + data.length
    return struct([
      [2, i64(offset)],
      [
        3,
        struct([
          [1, i32(TYPES[column.type])],
          [2, list(5, [i32(0)])],
          [3, list(8, [binary(column.name)])],
          [4, i32(0)],
          [5, i64(column.values.length)],
          [6, i64(size)],
          [7, i64(size)],
          [9, i64(offset)],
        ]),
      ],
    ])
  })
  const schema = [
    struct([
      [4, binary('root')],
      [5, i32(columns.length)],
    ]),
    ...columns.map(({ name, type, scale }) =>
      struct([
        [1, i32(TYPES[type])],
        ...(type === 'decimal' ? [[2, i32(16)] as const] : []),
        [3, i32(1)],
        [4, binary(name)],
        ...(type in CONVERTED ? [[6, i32(CONVERTED[type as keyof typeof CONVERTED])] as const] : []),
        ...(type === 'decimal' ? [[7, i32(scale ?? 0)] as const, [8, i32(38)] as const] : []),
      ]),
    ),
  ]
  const group = struct([
    [1, list(12, chunks)],
    [2, i64(claimedBytes ?? out.length)],
    [3, i64(rows)],
  ])
  const footer = struct([
    [1, i32(1)],
    [2, list(12, schema)],
    [3, i64(rows)],
    [4, list(12, [group])],
  ]).bytes
  return Uint8Array.from([...out, ...footer, ...little(footer.length, 4), ...text('PAR1')])
}

function pageOf({ type, scale = 0, values }: ParquetTestColumn): readonly number[] {
  const levels = values.flatMap((value) => [...varint(2n), value === null ? 0 : 1])
  const data = values.flatMap((value): readonly number[] => {
    if (value === null) return []
    if (type === 'text') return [...little(text(String(value)).length, 4), ...text(String(value))]
    if (type === 'double') return [...new Uint8Array(Float64Array.of(Number(value)).buffer)]
    if (type === 'decimal') return big(unscaled(String(value), scale), 16)
    return little(value as number | bigint, type === 'int64' || type === 'timestamp' ? 8 : 4)
  })
  return [...little(levels.length, 4), ...levels, ...data]
}

function unscaled(decimal: string, scale: number): bigint {
  const [whole = '', digits = ''] = decimal.split('.')
  return BigInt(whole + digits.padEnd(scale, '0'))
}

interface Coded {
  readonly type: number
  readonly bytes: readonly number[]
}

const i32 = (value: number): Coded => ({ type: 5, bytes: varint(BigInt(value) << 1n) })
const i64 = (value: number): Coded => ({ type: 6, bytes: varint(BigInt(value) << 1n) })
const binary = (value: string): Coded => ({ type: 8, bytes: [...varint(BigInt(text(value).length)), ...text(value)] })

function list(type: number, items: readonly Coded[]): Coded {
  const head = items.length < 15 ? [(items.length << 4) | type] : [0xf0 | type, ...varint(BigInt(items.length))]
  return { type: 9, bytes: [...head, ...items.flatMap(({ bytes }) => bytes)] }
}

function struct(fields: readonly (readonly [number, Coded])[]): Coded {
  let last = 0
  const bytes = fields.flatMap(([id, { type, bytes: own }]) => {
    const head = ((id - last) << 4) | type
    last = id
    return [head, ...own]
  })
  return { type: 12, bytes: [...bytes, 0] }
}

function varint(value: bigint): readonly number[] {
  const bytes: number[] = []
  let rest = value
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80)
  return [...bytes, Number(rest)]
}

function little(value: number | bigint, width: number): readonly number[] {
  const whole = BigInt.asUintN(width * 8, BigInt(value))
  return Array.from({ length: width }, (_, i) => Number((whole >> BigInt(i * 8)) & 0xffn))
}

function big(value: bigint, width: number): readonly number[] {
  return [...little(value, width)].reverse()
}

function text(value: string): readonly number[] {
  return [...new TextEncoder().encode(value)]
}
