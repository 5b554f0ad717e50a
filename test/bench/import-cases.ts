import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import Papa from 'papaparse'
import { sourceDocumentOf, stageImport } from '../../shared/importers/index.ts'
import { instantOf } from '../../shared/quantities/index.ts'
import { diceOf } from './dice.mjs'

/** Gives the lines of a file one after the other; null = the end. */
type Lines = () => string | null
type Shape = 'cursor' | 'cursor-quoted' | 'openai' | 'qd1'
type Reader = 'ours' | 'ours-warm' | 'papaparse-whole' | 'papaparse-chunks' | 'papaparse-objects'

interface Measured {
  readonly ms: number
  readonly rows: number
  readonly peakMb: number
  /** Of our own: telling the file apart from others by a hash of its bytes, which comes before reading. */
  readonly fingerprintMs?: number
}

interface Result {
  readonly case: string
  readonly unit: string
  readonly ours: number
  readonly peers: Readonly<Record<string, number>>
  readonly limit: number | null
  readonly goal: number
  readonly met: boolean
  readonly compared?: string
}

const MODELS = [
  'auto',
  'claude-4.5-sonnet',
  'claude-4.5-opus-high-thinking',
  'gpt-5.1-codex-high',
  'composer-1',
  'gpt-5',
]
const START = Date.UTC(2026, 0, 1)

function cursorLines(rows: number, quoted: boolean): Lines {
  const roll = diceOf(20_261_120)
  const header =
    'Date,User,Cloud Agent ID,Automation ID,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost'
  let i = 0
  return function next() {
    if (i > rows) return null
    if (i++ === 0) return header
    const counts = [roll(40_000), roll(4_000), roll(300_000), roll(9_000)] as const
    const cells = [
      new Date(START + i * 7_000 + roll(7_000)).toISOString(),
      `person${roll(200)}@example.com`,
      '',
      '',
      kindOf(roll(20), quoted),
      MODELS[roll(6)]!,
      roll(2) ? 'Yes' : 'No',
      ...counts,
      counts[0] + counts[1] + counts[2] + counts[3],
      `${roll(3)}.${String(roll(100)).padStart(2, '0')}`,
    ]
    return quoted ? cells.map((cell) => `"${cell}"`).join(',') : cells.join(',')
  }
}

function kindOf(roll: number, quoted: boolean): string {
  if (roll < 12) return 'Included'
  return roll < 19 ? 'On-Demand' : quoted ? 'Errored, Not Charged' : 'Errored Not Charged'
}

function openaiLines(rows: number): Lines {
  const roll = diceOf(7)
  const header =
    'start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,user_id,api_key_id,model,batch,service_tier,compute_units,input_tokens,output_tokens,input_cached_tokens,input_cache_write_tokens,input_uncached_tokens,input_text_tokens,output_text_tokens,input_cached_text_tokens,input_audio_tokens,input_cached_audio_tokens,output_audio_tokens,input_image_tokens,input_cached_image_tokens,output_image_tokens'
  let i = 0
  return function next() {
    if (i > rows) return null
    if (i++ === 0) return header
    const start = START / 1000 + Math.floor(i / 4000) * 86_400
    const iso = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 19)
    const [cached, uncached, output] = [roll(90_000), roll(40_000), roll(20_000)] as const
    return `${start},${start + 86_400},${iso(start)},${iso(start + 86_400)},proj_${roll(40)},${roll(500)},user-${i % 4000}abcdef,key_${roll(300)},gpt-5-2025-08-07,False,default,,${cached + uncached}.0,${output}.0,${cached}.0,0.0,${uncached}.0,${uncached}.0,${output}.0,${cached}.0,0.0,0.0,0.0,0.0,0.0,0.0`
  }
}

/** A landing with four files is five rows: its head and its numstat lines. */
function qd1Lines(rows: number): Lines {
  const roll = diceOf(99)
  const hex = () =>
    roll(2 ** 31)
      .toString(16)
      .padStart(8, '0')
  let i = 0
  return function next() {
    if (i >= rows) return null
    if (i++ % 5 !== 0)
      return `${roll(300)}\t${roll(90)}\tservices/team${roll(30)}/module${roll(50)}/file${roll(400)}.ts`
    const sha = hex() + hex() + hex() + hex() + hex()
    const at = new Date(START + i * 9_000).toISOString().replace('.000Z', '+00:00')
    const person = roll(150)
    return `\u001eQD1\u001f${sha}\u001f${hex()}\u001f${at}\u001f${at}\u001fPerson ${person}\u001fperson${person}@example.com\u001fGitHub\u001fnoreply@github.com\u001f\u001fChange module ${roll(50)} (#${i})\n`
  }
}

/** The file of a case, written once, so that making it is no part of the memory measured. */
function fileOf(shape: Shape, rows: number): string {
  const file = path.join(os.tmpdir(), `quarterdeck-bench-${shape}-${rows}.txt`)
  if (existsSync(file)) return file
  const next = SHAPES[shape](rows)
  const opened = openSync(`${file}.part`, 'w')
  let lines: string[] = []
  for (let line = next(); line !== null; line = next()) {
    lines.push(line)
    if (lines.length < 20_000) continue
    writeSync(opened, `${lines.join('\n')}\n`)
    lines = []
  }
  writeSync(opened, `${lines.join('\n')}\n`)
  closeSync(opened)
  renameSync(`${file}.part`, file)
  return file
}

const SHAPES: Readonly<Record<Shape, (rows: number) => Lines>> = {
  cursor: (rows) => cursorLines(rows, false),
  'cursor-quoted': (rows) => cursorLines(rows, true),
  openai: openaiLines,
  qd1: qd1Lines,
}

/** Time of all cores this process used, its garbage collection included: what other programs do does not count. */
function cpuMs() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Rows read before the clock of a growing file starts, so that the compiler's own start is not taken for slowness of small files. */
const WARM_UP = 50_000

async function measure(shape: Shape, what: Reader, rows: number): Promise<Measured> {
  const bytes = new Uint8Array(readFileSync(fileOf(shape, rows)))
  globalThis.gc?.()
  const isOurs = what.startsWith('ours')
  const text = isOurs ? '' : new TextDecoder().decode(bytes)
  if (what === 'ours-warm') await measure(shape, 'ours', WARM_UP)
  const before = cpuMs()
  let counted = 0
  if (isOurs) {
    const document = sourceDocumentOf(`${shape}.txt`, bytes, instantOf(0))
    const begun = cpuMs()
    const outcome = await stageImport(
      document,
      {},
      { chunks: [], imports: [] },
      { importId: 'i', seq: 1, committedAt: instantOf(0) },
    )
    const ms = cpuMs() - begun
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues))
    const { counts, facts } = outcome.value.record
    if (counts.keptAside > 0) throw new Error(`kept aside: ${counts.keptAside}`)
    counted = Object.values(facts).reduce((sum, count) => sum + count, 0)
    return { ms, rows: counted, peakMb: process.resourceUsage().maxRSS / 1024, fingerprintMs: begun - before }
  }
  const delimiter = shape === 'qd1' ? '\t' : ','
  if (what === 'papaparse-whole') counted = Papa.parse<string[]>(text, { delimiter, newline: '\n' }).data.length
  else if (what === 'papaparse-objects')
    counted = Papa.parse<object>(text, { delimiter, newline: '\n', header: true }).data.length
  else
    Papa.parse<string[]>(text, {
      delimiter,
      newline: '\n',
      chunkSize: 1024 * 1024,
      chunk: ({ data }: { readonly data: readonly unknown[] }) => void (counted += data.length),
      complete: () => {},
    })
  return { ms: cpuMs() - before, rows: counted, peakMb: process.resourceUsage().maxRSS / 1024 }
}

function inProcess(shape: Shape, what: Reader, rows: number): Measured {
  fileOf(shape, rows)
  if (what === 'ours-warm') fileOf(shape, WARM_UP)
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--expose-gc', process.argv[1]!, '--measure', `${shape}/${what}/${rows}`],
    { encoding: 'utf8', maxBuffer: 2 ** 24 },
  )
  if (status !== 0) throw new Error(`${shape} ${what}: ${stderr}`)
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Measured
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!
}

export async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: 'string', default: '1000000' },
      shapes: { type: 'string', default: 'cursor,cursor-quoted,openai,qd1' },
      sizes: { type: 'string' },
      runs: { type: 'string', default: '3' },
      json: { type: 'boolean' },
      measure: { type: 'string' },
    },
  })
  if (values.measure !== undefined) {
    const [shape, what, rows] = values.measure.split('/')
    console.log(JSON.stringify(await measure(shape as Shape, what as Reader, Number(rows))))
    return
  }
  const runs = Number(values.runs)
  const results: Result[] = []
  for (const shape of values.shapes.split(',').filter(Boolean)) {
    results.push(...compare(shape as Shape, Number(values.rows), runs))
    rmSync(fileOf(shape as Shape, Number(values.rows)), { force: true })
  }
  const sizes = values.sizes ?? (Number(values.rows) < 1_000_000 ? '' : '100000,1000000,5000000')
  results.push(...growth(sizes.split(',').filter(Boolean).map(Number), runs))
  const machine = {
    cpu: os.cpus()[0]?.model ?? '',
    cores: os.cpus().length,
    node: process.version,
    os: `${os.type()} ${os.release()}`,
  }
  if (values.json) console.log(JSON.stringify({ bench: 'import', machine, results }))
  else
    for (const { case: name, unit, ours, goal, met, peers, compared } of results) {
      console.log(`${met ? 'met ' : 'MISS'} ${name}: ${ours} ${unit} (goal ${goal}) ${JSON.stringify(peers)}`)
      if (compared !== undefined) console.log(`     ${compared}`)
    }
}

function compare(shape: Shape, rows: number, runs: number): readonly Result[] {
  const several = (what: Reader) => Array.from({ length: runs }, () => inProcess(shape, what, rows))
  const msOf = (measured: readonly Measured[]) => median(measured.map(({ ms }) => ms))
  const [ours, whole, chunked] = [several('ours'), several('papaparse-whole'), several('papaparse-chunks')]
  const rateOf = (measured: readonly Measured[]) => round(rows / (msOf(measured) / 1000))
  const ratio = msOf(ours) / Math.min(msOf(whole), msOf(chunked))
  const peak = Math.max(...ours.map(({ peakMb }) => peakMb))
  const peers = {
    'papaparse, whole text': rateOf(whole),
    'papaparse, 1 MiB chunks': rateOf(chunked),
    ...(shape === 'qd1' ? {} : { 'papaparse, an object per row': rateOf(several('papaparse-objects')) }),
  }
  const rate = rateOf(ours)
  const fingerprint = round(median(ours.map(({ fingerprintMs = 0 }) => fingerprintMs)))
  const compared =
    'papaparse: decoded text to arrays of strings, delimiter and newline told, the quicker of whole text and chunks; ' +
    'ours: bytes to checked facts with keys, hashes, fates and totals, decoding and recognising included, ' +
    `the fingerprint of the file (${fingerprint} ms) apart` +
    (shape === 'qd1' ? '; papaparse splits git lines at tabs without understanding them' : '')
  return [
    {
      case: `read ${shape}, ${rows} rows`,
      unit: 'rows/s/core',
      ours: rate,
      peers,
      limit: null,
      goal: 250_000,
      met: rate >= 250_000,
    },
    {
      case: `time beside papaparse alone, ${shape}`,
      unit: 'ratio',
      ours: Number(ratio.toFixed(2)),
      peers: { papaparse: 1 },
      limit: null,
      goal: 2,
      met: ratio <= 2,
      compared,
    },
    {
      case: `peak memory, ${shape}`,
      unit: 'MB',
      ours: round(peak),
      peers: {},
      limit: null,
      goal: 600,
      met: peak <= 600,
    },
  ]
}

/** Time per row must not grow with the file: at most 1.3 times that of the smallest, after a warm-up in the same process. */
function growth(sizes: readonly number[], runs: number): readonly Result[] {
  const times = sizes.map((rows) => {
    const measured = Array.from({ length: runs }, () => inProcess('cursor', 'ours-warm', rows))
    rmSync(fileOf('cursor', rows), { force: true })
    return (median(measured.map(({ ms }) => ms)) * 1000) / rows
  })
  rmSync(fileOf('cursor', WARM_UP), { force: true })
  const [smallest = 0] = times
  const goal = smallest * 1.3
  return sizes.map((rows, i) => ({
    case: `time per row, cursor, ${rows} rows`,
    unit: 'us/row',
    ours: round(times[i]!),
    peers: { 'times the smallest': round(times[i]! / smallest) },
    limit: null,
    goal: round(goal),
    met: times[i]! <= goal,
  }))
}

function round(value: number): number {
  return Number(value.toFixed(Math.abs(value) < 100 ? 2 : 0))
}
