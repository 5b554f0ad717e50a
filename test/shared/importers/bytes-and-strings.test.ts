import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GitFacts } from '../../../shared/importers/formats/delivery/git-facts.ts'
import { eachLandingInBytes } from '../../../shared/importers/formats/delivery/git-landings-in-bytes.ts'
import type { StagedImport } from '../../../shared/importers/index.ts'
import type { Outcome } from '../../../shared/issues/index.ts'
import { bytesOf, stageBytes } from '../../support/stage.ts'

const SEED = 20_261_121

/**
 * UTF-8 is read from its bytes, UTF-16 by the careful readers as strings. One text in both encodings must make the same
 * facts, the same fates and the same rows kept aside.
 */
async function factsOfBoth(text: string): Promise<number> {
  const [fast, careful] = await Promise.all([
    stageBytes('file.csv', bytesOf(text)),
    stageBytes('file.csv', utf16(text)),
  ])
  const saying = (outcome: Outcome<StagedImport>) =>
    outcome.ok ? { ...outcome.value, record: { ...outcome.value.record, fingerprint: '' } } : outcome
  expect(saying(fast)).toEqual(saying(careful))
  return fast.ok ? Object.values(fast.value.record.facts).reduce((sum, count) => sum + count, 0) : 0
}

function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2 + 2)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, 0xfeff, true)
  for (let i = 0; i < text.length; i++) view.setUint16(2 + i * 2, text.charCodeAt(i), true)
  return bytes
}

const ordinary = {
  text: fc.constantFrom(
    'auto',
    'gpt-5',
    'person@example.com',
    'proj_1',
    'False',
    '',
    'Ünï',
    'ad\u00A0hoc',
    "'=x",
    '漢字😀',
  ),
  count: fc.oneof(fc.nat(400_000).map(String), fc.constantFrom('0', '31422.0', '', '007')),
  money: fc.oneof(
    fc.tuple(fc.nat(999), fc.nat(99)).map(([units, cents]) => `${units}.${cents}`),
    fc.constantFrom('0', '', '-1.5', '0.0034000000000000000000', '0.0000000005', '999999.9999999996', '12'),
  ),
  time: fc.nat(200 * 86_400_000).map((ms) => new Date(Date.UTC(2026, 0, 1) + ms).toISOString()),
  day: fc.nat(200).map((day) => new Date(Date.UTC(2026, 0, 1) + day * 86_400_000).toISOString().slice(0, 10)),
  none: fc.constant(''),
  currency: fc.constantFrom('USD', 'EUR'),
  category: fc.constantFrom('Usage', 'Credit', 'tax'),
  second: fc.nat(200).map((day) => String(1_767_225_600 + day * 86_400)),
}
type Sort = keyof typeof ordinary

/** What real files have held, and what they could. */
const odd = fc.constantFrom(
  ...'1,234|1.5|-3|+3|1e3|1E-7|(2)|2-|−2|$4|-$4|Included|-|NaN|0x1F|.5|5.|1234567.5|123456789012345678|1.00.0|٣'.split(
    '|',
  ),
  ...'9007199254740993|99999999999|2026-02-29|2024-02-29|2026-13-01|1969-12-31|2199-12-31|2200-01-01'.split('|'),
  ...'2026-02-01 10:00|2026-02-01T10:00:00|2026-02-01T24:00:00Z|2026-02-01T10:00:60Z|2026-02-30T10:00:00Z'.split('|'),
  ...'2026-02-01 10:00:00.5Z|2026-02-01T10:00:00.12Z|2026-02-01T10:00:00.1234Z|2026-02-01T10:00:00.Z'.split('|'),
  ...`2026-02-01T10:00:00+05:30| x |  |\t|'|'-1|NULL|null|=1+1|a"b|"|0.${'1'.repeat(41)}`.split('|'),
  ...[61, 47, 48, 300].map((length) => '1'.repeat(length)),
)

const LAYOUTS: Readonly<Record<string, readonly (readonly [string, Sort])[]>> = {
  cursor: [
    ['Date', 'time'],
    ['User', 'text'],
    ['Cloud Agent ID', 'text'],
    ['Kind', 'text'],
    ['Model', 'text'],
    ['Max Mode', 'text'],
    ['Input (w/ Cache Write)', 'count'],
    ['Input (w/o Cache Write)', 'count'],
    ['Cache Read', 'count'],
    ['Output Tokens', 'count'],
    ['Total Tokens', 'none'],
    ['Cost', 'money'],
  ],
  'cursor with requests': [
    ['Date', 'time'],
    ['Kind', 'text'],
    ['Model', 'text'],
    ['Tokens', 'count'],
    ['Requests', 'money'],
  ],
  'openai usage': [
    ['start_time', 'second'],
    ['end_time', 'second'],
    ['project_id', 'text'],
    ['num_model_requests', 'count'],
    ['user_id', 'text'],
    ['model', 'text'],
    ['batch', 'text'],
    ['input_tokens', 'count'],
    ['output_tokens', 'count'],
    ['input_cached_tokens', 'count'],
  ],
  'anthropic cost': [
    ['usage_date_utc', 'day'],
    ['model', 'text'],
    ['workspace', 'text'],
    ['api_key', 'text'],
    ['usage_type', 'text'],
    ['token_type', 'text'],
    ['cost_usd', 'money'],
    ['list_price_usd', 'money'],
  ],
  'anthropic tokens': [
    ['usage_date_utc', 'day'],
    ['model_version', 'text'],
    ['api_key', 'text'],
    ['workspace', 'text'],
    ['usage_input_tokens_no_cache', 'count'],
    ['usage_input_tokens_cache_write_5m', 'count'],
    ['usage_input_tokens_cache_write_1h', 'count'],
    ['usage_input_tokens_cache_read', 'count'],
    ['usage_output_tokens', 'count'],
  ],
  copilot: [
    ['date', 'day'],
    ['username', 'text'],
    ['product', 'text'],
    ['sku', 'text'],
    ['model', 'text'],
    ['quantity', 'money'],
    ['unit_type', 'text'],
    ['gross_amount', 'money'],
    ['discount_amount', 'money'],
    ['net_amount', 'money'],
  ],
  focus: [
    ['ChargePeriodStart', 'time'],
    ['ChargePeriodEnd', 'time'],
    ['ChargeCategory', 'category'],
    ['EffectiveCost', 'money'],
    ['BilledCost', 'money'],
    ['ListCost', 'money'],
    ['BillingCurrency', 'currency'],
    ['ServiceName', 'text'],
    ['ConsumedQuantity', 'money'],
    ['ConsumedUnit', 'text'],
  ],
  'a table of no known vendor': [
    ['date', 'day'],
    ['model', 'text'],
    ['team', 'text'],
    ['input tokens', 'count'],
    ['output tokens', 'count'],
  ],
}

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
const needsQuotes = (cell: string) => /[",\n\r]|^ /.test(cell)

function fileOf(columns: readonly (readonly [string, Sort])[]): fc.Arbitrary<string> {
  const record = (isOdd: boolean) =>
    fc.tuple(
      ...columns.map(([, sort]) =>
        fc
          .tuple(isOdd ? fc.oneof({ weight: 8, arbitrary: ordinary[sort] }, odd) : ordinary[sort], fc.nat(9))
          .map(([cell, roll]) => (needsQuotes(cell) || roll === 0 ? quoted(cell) : cell)),
      ),
    )
  const shaped = fc.tuple(record(true), fc.nat(30)).map(([cells, roll]) => {
    if (roll === 0) return cells.slice(1).join(',')
    if (roll === 1) return `${cells.join(',')},,`
    if (roll === 2) return `${cells.join(',')},more`
    if (roll === 3) return columns.map(([name]) => name).join(',')
    if (roll === 4) return ` ${quoted(cells[0]!)},${cells.slice(1).join(',')}`
    if (roll === 5) return `"${cells[0]!.replaceAll('"', '')}"x,${cells.slice(1).join(',')}`
    if (roll === 6) return cells.map(() => ' ').join(',')
    return roll === 7 ? '' : cells.join(',')
  })
  const lines = fc.array(fc.oneof({ weight: 2, arbitrary: record(false).map((cells) => cells.join(',')) }, shaped), {
    minLength: 1,
    maxLength: 12,
  })
  return fc
    .tuple(lines, fc.constantFrom('\n', '\r\n'))
    .map(([body, end]) => [columns.map(([name]) => name).join(','), ...body, ''].join(end))
}

describe('bytes and strings', () => {
  it.each(Object.entries(LAYOUTS))(`say the same of %s (seed ${SEED})`, async (_name, columns) => {
    let facts = 0
    await fc.assert(
      fc.asyncProperty(fileOf(columns), async (text) => {
        facts += await factsOfBoth(text)
      }),
      { seed: SEED, numRuns: 120 },
    )
    expect(facts).toBeGreaterThan(100)
  })
})

const [RS, US, GS] = ['\u001e', '\u001f', '\u001d']
const hex = (length: number) => fc.nat(2 ** 30).map((roll) => roll.toString(16).padStart(length, 'a'))
const orElse = (usual: fc.Arbitrary<string>, ...odds: readonly string[]) =>
  fc.oneof({ weight: 12, arbitrary: usual }, fc.constantFrom(...odds))

const gitTime = orElse(
  fc
    .tuple(fc.nat(900), fc.constantFrom('Z', '+00:00', '+05:30', '-08:00'))
    .map(([hours, zone]) => `${new Date(Date.UTC(2026, 0, 1, hours)).toISOString().slice(0, 19)}${zone}`),
  '',
  '2026-02-29T00:00:00Z',
  '2024-02-29T00:00:00Z',
  '2026-01-01 10:00:00Z',
  '2026-01-01T10:00:00.25Z',
  'x',
  '1970-01-01T00:00:00+05:30',
  '2026-01-01T25:00:00Z',
  '2026-01-01T10:00:00+0530',
  '2026-01-01T10:00Z',
)
const gitPath = orElse(
  fc.tuple(fc.nat(9), fc.nat(9)).map(([dir, file]) => `src/d${dir}/f ${file}.ts`),
  '"src/\\303\\274n.ts"',
  'src/ün.ts',
  'a => b',
  'src/{a => b}/f.ts',
  'x>y',
  'a\tb',
  '',
  ' ',
  '"',
  'f\r',
)
const gitCount = orElse(fc.nat(400).map(String), '-', '007', '', '+1', '1'.repeat(14), '1'.repeat(16))
const numstat = fc
  .array(
    orElse(
      fc.tuple(gitCount, gitCount, gitPath).map((cells) => cells.join('\t')),
      '',
      '\r',
      'no numstat',
      '\t\t',
      '1\t1',
    ),
    { maxLength: 5 },
  )
  .map((lines) => lines.map((line) => `${line}\n`).join(''))
const diff = fc
  .array(
    orElse(
      fc
        .tuple(gitPath, fc.array(fc.tuple(fc.nat(99), fc.nat(9)), { maxLength: 3 }))
        .map(([path, ranges]) =>
          [
            `diff --git a/${path} b/${path}`,
            'index 1..2',
            ...ranges.map(([at, n]) => `@@ -${at} +${at},${n} @@ f`),
          ].join('\n'),
        ),
      'new file mode 100644',
      'Binary files a/x and b/x differ',
      'rename from x\nrename to y',
      '@@ -1,2 +3 @@\r',
      'deleted file mode',
      '@@ -a +b @@',
      '@@ -1, +2 @@',
      '',
      'text',
      '--- a/x',
      'old mode 1',
    ),
    { maxLength: 5 },
  )
  .map((lines) => lines.map((line) => `${line}\n`).join(''))

const landing = (files: fc.Arbitrary<string>) =>
  fc
    .tuple(
      orElse(hex(40), 'abc', 'F'.repeat(40), 'e'.repeat(64)),
      orElse(hex(40), '', `${'a'.repeat(40)} ${'b'.repeat(40)}`, `${'a'.repeat(32)}2000000f ${'a'.repeat(40)}`),
      gitTime,
      gitTime,
      fc.constantFrom('Ada', 'Bo Ünï', '', ' '),
      fc.constantFrom('ada@x.org', ''),
      orElse(fc.constant(''), `Claude <noreply@anthropic.com>${GS}Bo <bo@x.org>`, 'Ünï <u@x>'),
      orElse(
        fc.nat(99).map((n) => `Change (#${n})`),
        '',
        'plain',
        ')',
        '(#)',
        'x (#12) ',
        `fe${US}ature (#7) (#12)`,
        'Merge pull request #5 from x',
        'ünï (#3)',
        '(#1234567890)',
        'a (#1a)',
        'b #9)',
        'tab\there',
        'bell\u0007 (#4)',
        'nbsp (#6)\u00a0',
        '\r',
        'QD1',
      ),
      files,
    )
    .map(([sha, parents, authored, committed, name, mail, co, subject, body]) =>
      [['QD1', sha, parents, authored, committed, name, mail, 'GitHub', 'c@x', co, subject].join(US), body].join('\n'),
    )

const log = (files: fc.Arbitrary<string>) =>
  fc
    .tuple(
      fc.constantFrom(RS, '', `\n ${RS}`),
      fc.array(orElse(landing(files), `QD1${US}cut`, '', `QD1${US}x\0`), { minLength: 1, maxLength: 6 }),
      fc.constantFrom('', '', RS, '1\t2\tlast'),
    )
    .map(([start, records, end]) => `${start}QD1${US}${records.join(RS).slice(4)}${end}`)

describe('git logs in bytes and as text', () => {
  it.each([
    ['counts', numstat],
    ['diff headers', diff],
  ])(`say the same of %s (seed ${SEED})`, async (_name, files) => {
    let facts = 0
    await fc.assert(
      fc.asyncProperty(log(files), async (text) => {
        facts += await factsOfBoth(text)
      }),
      { seed: SEED, numRuns: 400 },
    )
    expect(facts).toBeGreaterThan(800)
  })

  it('say the same however small the windows are that are looked through', () => {
    fc.assert(
      fc.property(log(numstat), fc.integer({ min: 1, max: 300 }), (text, windowBytes) => {
        const facts = new GitFacts('r')
        const read = (bytes: number) => {
          const records: string[] = []
          for (const { line, text: said } of eachLandingInBytes(bytesOf(text), { facts, isHunks: false }, bytes))
            records.push(`${line}: ${said}`)
          return records
        }
        expect(read(windowBytes)).toEqual(read(2 ** 20))
      }),
      { seed: SEED, numRuns: 100 },
    )
  })
})
