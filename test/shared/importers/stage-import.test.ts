import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FORMATS, recogniseFormat, sourceDocumentOf, stageImport } from '../../../shared/importers/index.ts'
import { instantOf } from '../../../shared/quantities/index.ts'
import {
  bytesOf,
  factsOf,
  joined,
  NOTHING,
  refusal,
  rowsOf,
  runOf,
  saying,
  stageBytes,
  staged,
} from '../../support/stage.ts'

const SEED = 20_261_120

const CURSOR =
  'Date,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost'
const cursorRow = (second: number, kind: string, cost: string) =>
  `2026-02-01T10:00:${String(second).padStart(2, '0')}.000Z,"${kind}",auto,No,1,2,3,4,10,${cost}`

describe('fates', () => {
  it('count every record once: new, changed, duplicate, kept aside, blank', async () => {
    const first = await staged(
      'a.csv',
      [CURSOR, cursorRow(1, 'Included', 'Included'), cursorRow(2, 'Included', '0.5')].join('\n'),
    )
    expect(first.record.counts).toEqual({ rows: 2, new: 2, changed: 0, duplicate: 0, keptAside: 0, blank: 0 })
    const next = await staged(
      'b.csv',
      [
        CURSOR,
        cursorRow(1, 'Included', '0.11'),
        cursorRow(2, 'Included', '0.5'),
        cursorRow(3, 'Free', '-'),
        'x',
        ',,,,,,,,,',
      ].join('\n'),
      {},
      joined(NOTHING, first),
    )
    expect(next.record.counts).toEqual({ rows: 5, new: 1, changed: 1, duplicate: 1, keptAside: 1, blank: 1 })
  })

  it('take an older statement about a known record for a duplicate', async () => {
    const newer = await staged(
      'b',
      [CURSOR, cursorRow(1, 'Included', '0.11'), cursorRow(9, 'Included', '1')].join('\n'),
    )
    const older = await staged(
      'a',
      [CURSOR, cursorRow(1, 'Included', 'Included')].join('\n'),
      {},
      joined(NOTHING, newer),
    )
    expect(older.record.counts).toMatchObject({ new: 0, changed: 0, duplicate: 1 })
    const [held] = rowsOf({ chunks: newer.chunks, record: newer.record }, 'usage')
    expect(held!.included).toBe(110_000_000n)
  })

  it('know the same bytes again', async () => {
    const first = await staged('a', [CURSOR, cursorRow(1, 'Included', '0.1')].join('\n'))
    const again = await staged(
      'renamed',
      [CURSOR, cursorRow(1, 'Included', '0.1')].join('\n'),
      {},
      joined(NOTHING, first),
    )
    expect(again.sameAs).toBe(first.record.id)
    expect(again.record.counts).toMatchObject({ new: 0, changed: 0, duplicate: 1 })
  })

  it(`import twice, in any order of rows, is import once (seed ${SEED})`, async () => {
    const rows = fc.array(
      fc.tuple(
        fc.integer({ min: 0, max: 4 }),
        fc.constantFrom('Included', 'On-Demand'),
        fc.constantFrom('0.1', '0.2', '-'),
      ),
      { minLength: 1, maxLength: 8 },
    )
    await fc.assert(
      fc.asyncProperty(rows, async (said) => {
        const lines = said.map(([second, kind, cost]) => cursorRow(second, kind, cost))
        const first = await staged('a', [CURSOR, ...lines].join('\n'))
        const known = joined(NOTHING, first)
        const turned = await staged('b', [CURSOR, ...[...lines].reverse()].join('\n'), {}, known)
        expect(turned.record.counts).toMatchObject({ rows: said.length, new: 0, changed: 0, duplicate: said.length })
        expect(saying(factsOf(joined(known, turned)))).toBe(saying(factsOf(known)))
        expect(turned.record.totals).toEqual(first.record.totals)
        expect(factsOf(known).usage.rows).toBe(said.length)
      }),
      { seed: SEED, numRuns: 40 },
    )
  })
})

describe('kept aside', () => {
  it('names row, line, column, reason and text', async () => {
    const one = await staged('a.csv', 'date,model,cost\n2026-02-01,"a\nb",1\n\n2026-02-02,c,2x\n')
    expect(one.keptAside).toHaveLength(1)
    const [{ row, line, column, issue, text }] = one.keptAside as [(typeof one.keptAside)[number]]
    expect([row, line, column, issue.code, text]).toEqual([2, 5, 'cost', 'import/not-an-amount', '2026-02-02,c,2x'])
    expect(issue.where).toEqual({ row: 2, line: 5, column: 'cost' })
  })

  it('takes counts and money exactly or not at all', async () => {
    const check = async (output: string, cost: string) => {
      const one = await staged('a', `date,output_tokens,cost\n2026-02-01,${output},${cost}\n`)
      const [fact] = rowsOf(one, 'usage')
      return fact ? [fact.output, fact.billed] : one.keptAside[0]!.issue.code
    }
    expect(await check('31422.0', '0.003400000000000000000000000000000000')).toEqual([31_422, 3_400_000n])
    expect(await check('1.5', '1')).toMatch(/^import\//)
    expect(await check('-1', '1')).toMatch(/^import\//)
    expect(await check('9007199254740992', '1')).toBe('import/not-a-count')
    expect(await check('1', '9223372036.854775807')).toEqual([1, 9_223_372_036_854_775_807n])
    expect(await check('1', '9223372036.854775808')).toBe('import/amount-out-of-range')
    expect(await check('1', '$5')).toBe('import/not-an-amount')
  })
})

describe('runs', () => {
  it('can be stopped and then change nothing', async () => {
    const document = sourceDocumentOf('a', bytesOf(`${CURSOR}\n${cursorRow(1, 'Included', '1')}\n`), instantOf(0))
    const outcome = await stageImport(document, {}, NOTHING, { ...runOf(), isCancelled: () => true })
    expect(outcome.ok ? null : outcome.issues[0]!.code).toBe('import/cancelled')
  })

  it('say how far they are, and pause', async () => {
    const shares: number[] = []
    let pauses = 0
    const document = sourceDocumentOf('a', bytesOf(`${CURSOR}\n${cursorRow(1, 'Included', '1')}\n`), instantOf(0))
    await stageImport(document, {}, NOTHING, {
      ...runOf(),
      onProgress: (share) => shares.push(share),
      pause: () => {
        pauses++
        return Promise.resolve()
      },
    })
    expect(shares.at(-1)).toBe(1)
    expect(pauses).toBeGreaterThan(0)
  })

  it('note counts at which exports are cut', async () => {
    const rows = (count: number) =>
      ['date,model,cost', ...Array.from({ length: count }, (_, i) => `2026-02-01,m${i},1`)].join('\n')
    const codes = async (count: number) => (await staged('a', rows(count))).record.notes.map(({ code }) => code)
    expect(await codes(30)).toContain('import/maybe-truncated')
    expect(await codes(31)).not.toContain('import/maybe-truncated')
    expect(await codes(0)).toContain('import/no-rows')
  })
})

describe('another layout of the same days', () => {
  const old = 'usage_date_utc,model,api_key,token_type,cost_usd\n2026-08-04,Claude,k,output,1.00\n'
  const fresh =
    'usage_date_utc,model,api_key,token_type,cost_usd,api_key_id\n2026-08-04,Claude,k,output,1.00,apikey_1\n'
  const codes = async (first: string, second: string) => {
    const one = await staged('old.csv', second, {}, joined(NOTHING, await staged('first.csv', first)))
    return one.record.notes.map(({ code }) => code)
  }

  it('is noted when not one record is known', async () => {
    expect(await codes(old, fresh)).toEqual(['import/overlap-without-match'])
    expect(await codes(old, old)).toEqual([])
    expect(await codes(old, fresh.replace('08-04', '08-05'))).toEqual([])
  })
})

describe('recognition', () => {
  const format = (text: string) => {
    const found = recogniseFormat(sourceDocumentOf('x', bytesOf(text), instantOf(0)))
    return found.ok ? found.value.format : found.issues[0]!.code
  }

  it.each([
    ['usage_date_utc,model,usage_type,token_type,cost_usd', 'anthropic-cost-csv'],
    ['usage_date_utc,model,api_key,usage_type,token_type,cost_usd', 'anthropic-cost-csv'],
    [
      'usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,cost_type',
      'anthropic-cost-csv',
    ],
    ['cost_usd , TOKEN_TYPE,Model,usage_date_utc,something_new', 'anthropic-cost-csv'],
    ['usage_date_utc,model_version,usage_input_tokens_no_cache,usage_output_tokens', 'anthropic-tokens-csv'],
    ['Date,User,Kind,Max Mode,Model,Tokens,Cost ($)', 'cursor-usage-csv'],
    [CURSOR, 'cursor-usage-csv'],
    ['Date,User,Kind,Model,Max Mode,Total Tokens,Requests', 'cursor-usage-csv'],
    ['start_time,end_time,num_model_requests,model,input_tokens,output_tokens', 'openai-usage-csv'],
    ['start_time,end_time,amount_value,amount_currency,line_item', 'openai-cost-csv'],
    ['date,username,product,sku,model,quantity,unit_type,gross_amount,discount_amount,net_amount', 'copilot-usage-csv'],
    ['Timestamp,User,Model,Requests Used,Exceeds Monthly Quota,Total Monthly Quota', 'copilot-usage-csv'],
    ['deployment_id,service,environment,commit_sha,started_at,finished_at,result', 'deployments-csv'],
    ['incident_id,service,severity,started_at,resolved_at', 'incidents-csv'],
    ['date,model,input_tokens,output_tokens,cost', 'generic-usage-csv'],
    ['colour,shape', 'import/unknown-format'],
    ['[{"number":1,"createdAt":"2026-01-01T00:00:00Z","isDraft":false}]', 'gh-pr-list-json'],
    ['[{"id":1}]', 'import/unknown-format'],
    ['[]', 'import/unknown-format'],
    ['', 'tables/empty-file'],
    ['<!doctype html><html>', 'tables/html'],
    ['[{"number":1,', 'tables/not-json'],
  ])('%s is %s', (header, wanted) => {
    expect(format(header.startsWith('[') || header === '' || header.startsWith('<') ? header : `${header}\n`)).toBe(
      wanted,
    )
  })

  it('never asks the name of the file', () => {
    const bytes = bytesOf(`${CURSOR}\n`)
    const found = recogniseFormat(sourceDocumentOf('claude_api_cost_2026.csv', bytes, instantOf(0)))
    expect(found.ok && found.value.format).toBe('cursor-usage-csv')
  })

  it('refuses a file that lacks the columns of the format the user forced', async () => {
    expect((await refusal(`${CURSOR}\n`, { as: 'anthropic-cost-csv' }))[0]!.code).toBe('import/wrong-format')
    expect((await refusal(`${CURSOR}\n`, { as: 'git-qd1' }))[0]!.code).toBe('import/wrong-format')
    expect((await refusal(`${CURSOR}\n`, { as: 'gh-pr-list-json' }))[0]!.code).toMatch(/not-json|wrong-format/)
    expect((await refusal(`${CURSOR}\n`, { as: 'nothing' }))[0]!.code).toBe('import/unknown-format-id')
  })

  it('lists every format once', () => {
    expect(new Set(FORMATS.map(({ id }) => id)).size).toBe(FORMATS.length)
  })

  it('tells gzip, zip, PDF and pictures by their first bytes', async () => {
    for (const [bytes, code] of [
      [[0x1f, 0x8b, 8, 0], 'tables/gzip'],
      [[0x50, 0x4b, 3, 4], 'tables/zip'],
      [[0x25, 0x50, 0x44, 0x46], 'tables/pdf'],
      [[0x89, 0x50, 0x4e, 0x47], 'tables/png'],
    ] as const) {
      const outcome = await stageBytes('usage.csv', Uint8Array.from(bytes))
      expect(outcome.ok ? null : outcome.issues[0]!.code).toBe(code)
    }
  })
})
