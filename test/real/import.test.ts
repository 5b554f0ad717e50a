import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { noFacts } from '../../shared/facts/index.ts'
import { formatNanos, nanosOf } from '../../shared/money/index.ts'
import type { StagedImport } from '../../shared/importers/index.ts'
import { describeReal, readShared, sharedData } from '../support/shared-data.ts'
import { factsOf, importAll, joined, NOTHING, rowsOf, saying, staged } from '../support/stage.ts'

const data = path.join(sharedData ?? '', 'data')

function filesUnder(folder: string, ending: RegExp): readonly string[] {
  if (sharedData === null) return []
  return readdirSync(path.join(data, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file))
    .map((file) => `${folder}/${file}`)
    .sort()
}

function stageFile(file: string): Promise<StagedImport> {
  return staged(path.basename(file), readShared(file))
}

const FORMAT_OF: readonly (readonly [RegExp, string])[] = [
  [/anthropic.*cost/, 'anthropic-cost-csv'],
  [/anthropic.*tokens/, 'anthropic-tokens-csv'],
  [/cursor/, 'cursor-usage-csv'],
  [/openai\/completions/, 'openai-usage-csv'],
  [/openai\/cost/, 'openai-cost-csv'],
  [/copilot/, 'copilot-usage-csv'],
  [/hunks/, 'git-qd1-hunks'],
  [/fuller/, 'git-fuller'],
  [/git\//, 'git-qd1'],
]

describeReal('import of real exports', () => {
  const files = [
    ...['anthropic', 'cursor', 'openai', 'copilot'].flatMap((source) =>
      filesUnder(`usage/${source}`, /\.(?:csv|tsv)$/),
    ),
    ...filesUnder('delivery/git', /\.(?:txt|bin)$/),
  ]

  it.each(files)('%s is recognised and read to the last record', async (file) => {
    const { record, keptAside } = await stageFile(file)
    const { counts } = record
    expect(record.format).toBe(FORMAT_OF.find(([pattern]) => pattern.test(file))![1])
    expect(keptAside).toEqual([])
    expect(counts.new + counts.changed + counts.duplicate + counts.keptAside + counts.blank).toBe(counts.rows)
    if (!file.includes('2024_07')) expect(counts.new).toBeGreaterThan(0)
  })

  it('reads the Anthropic pair so that tokens at list price equal the cost file to the cent', async () => {
    const cost = rowsOf(await stageFile('usage/anthropic/claude_api_cost_2026_02_01_to_2026_02_01.csv'), 'usage')
    const tokens = rowsOf(await stageFile('usage/anthropic/claude_api_tokens_2026_02.csv'), 'usage')
    // Nanos per token: $1 per million tokens is 1,000.
    const prices = {
      'Claude Haiku 4.5': ['claude-haiku-4-5-20251001', { input_no_cache: 1000n, output: 5000n }],
      'Claude Opus 4.5': [
        'claude-opus-4-5-20251101',
        { input_no_cache: 5000n, input_cache_write_5m: 6250n, input_cache_read: 500n, output: 25_000n },
      ],
    } as const
    const bucket = {
      input_no_cache: 'uncachedInput',
      input_cache_write_5m: 'cacheWrite5m',
      input_cache_read: 'cacheRead',
      output: 'output',
    } as const
    expect(cost).toHaveLength(6)
    for (const row of cost) {
      const [id, price] = prices[row.model as keyof typeof prices]
      const kind = row.detail!.split('/')[1] as keyof typeof bucket
      const used = tokens.find(({ model }) => model === id)![bucket[kind]]!
      const exact = BigInt(used) * (price as Record<string, bigint>)[kind]!
      const cents = (exact + 5_000_000n) / 10_000_000n
      expect(row.billed).toBe(cents * 10_000_000n)
    }
  })

  it('keeps both OpenAI rows of one day with equal dimensions, and counts days without usage as blank', async () => {
    const { record, chunks } = await stageFile('usage/openai/completions_usage_2025-10.tsv')
    expect(record.counts).toMatchObject({ rows: 7, new: 6, blank: 1, keptAside: 0 })
    const twins = rowsOf({ record, chunks }, 'usage').filter(
      ({ day, model }) => day === '2025-10-06' && model!.startsWith('gpt-5'),
    )
    expect(twins.length).toBeGreaterThanOrEqual(2)
    expect(record.totals.tokens).toMatchObject({ uncachedInput: 325_759, cacheRead: 13_952, output: 549_459 })
  })

  it('reads OpenAI money to the last decimal', async () => {
    const { record } = await stageFile('usage/openai/cost_2025-10.tsv')
    expect(record.totals).toMatchObject({ currency: 'USD', cost: { billed: '2.98595375', listed: null } })
  })

  it('reads OpenAI usage so that tokens at list price equal the cost file, three days of October to the cent', async () => {
    const usage = rowsOf(await stageFile('usage/openai/completions_usage_2025-10.tsv'), 'usage')
    const cost = rowsOf(await stageFile('usage/openai/cost_2025-10.tsv'), 'usage')
    // Nanos per token of gpt-5-mini: $0.25 and $2 per million.
    const priced = (day: string) =>
      usage
        .filter((row) => row.day === day)
        .reduce((sum, row) => sum + BigInt(row.uncachedInput!) * 250n + BigInt(row.output!) * 2000n, 0n)
    for (const [day, dollars] of [
      ['2025-10-07', '0.569788'],
      ['2025-10-10', '0.3409'],
      ['2025-10-11', '0.072054'],
    ] as const) {
      expect(formatNanos(nanosOf(priced(day)))).toBe(dollars)
      expect(formatNanos(cost.find((row) => row.day === day)!.billed!)).toBe(dollars)
    }
  })

  it('reads every Cursor row so that its four counts make its total', async () => {
    for (const file of filesUnder('usage/cursor/overlapping', /\.csv$/)) {
      const lines = new TextDecoder().decode(readShared(file)).trim().split('\n').slice(1)
      const totals = lines.map((line) => Number(line.replaceAll('"', '').split(',').at(-2)))
      const { uncachedInput, cacheWriteUnknown, cacheRead, output } = (await stageFile(file)).record.totals.tokens
      const sum = [uncachedInput, cacheWriteUnknown, cacheRead, output].reduce<number>(
        (all, count) => all + (count ?? 0),
        0,
      )
      expect(sum).toBe(totals.reduce((all, total) => all + total, 0))
    }
  })

  it('tells Copilot use from Copilot bill: gross 710.51, net 0', async () => {
    const { record } = await stageFile('usage/copilot/billing-credit-usage.real.csv')
    expect(record.counts.rows).toBe(123)
    expect(record.totals.cost).toEqual({
      listed: '710.51432081',
      billed: '0',
      included: '710.51432081',
      estimated: null,
    })
  })

  it('never counts a Cursor number of the plan as a bill', async () => {
    const { record, chunks } = await stageFile('usage/cursor/overlapping/usage-events-2025-09-18.csv')
    expect(record.totals.cost).toMatchObject({ billed: null, included: '36.841', listed: '2.873' })
    for (const row of rowsOf({ record, chunks }, 'usage')) {
      if (/Not Charged|No Charge/.test(row.detail ?? '')) expect([row.billed, row.included]).toEqual([null, null])
    }
  })

  it('imports the overlapping Cursor exports in all 24 orders to the same facts and totals', async () => {
    const overlapping = filesUnder('usage/cursor/overlapping', /\.csv$/)
    expect(overlapping).toHaveLength(4)
    const outcomes = new Set<string>()
    for (const order of permutations(overlapping)) {
      const known = await importAll(order.map((file) => [path.basename(file), readShared(file)]))
      outcomes.add(saying(factsOf(known)))
    }
    expect(outcomes.size).toBe(1)
  })

  it('changes the cost of events a later Cursor export restates, and nothing else', async () => {
    const first = await stageFile('usage/cursor/overlapping/usage-events-2025-09-06.csv')
    const known = joined(NOTHING, first)
    const later = await staged('b', readShared('usage/cursor/overlapping/usage-events-2025-09-18.csv'), {}, known)
    expect(later.record.counts.changed).toBe(58)
    expect(later.record.counts.new).toBe(later.record.counts.rows - 58 - later.record.counts.duplicate)
    const older = await staged(
      'a',
      readShared('usage/cursor/overlapping/usage-events-2025-09-06.csv'),
      {},
      joined(NOTHING, later),
    )
    expect(older.record.counts).toMatchObject({ changed: 0 })
  })

  it('knows the same Cursor events in the export that states only totals, and keeps the finer counts', async () => {
    const [fine, coarse] = ['usage/cursor/usage-tokens.csv', 'usage/cursor/usage-details.csv']
    const orders = await Promise.all(
      [
        [fine, coarse],
        [coarse, fine],
      ].map(async (order) => factsOf(await importAll(order.map((file) => [file, readShared(file)])))),
    )
    expect(saying(orders[0]!)).toBe(saying(orders[1]!))
    expect(orders[0]!.usage.rows).toBeLessThanOrEqual(870)
  })

  it.each(files.filter((file) => !file.includes('pydantic')))(
    'importing %s twice is importing it once',
    async (file) => {
      const first = await stageFile(file)
      const known = joined(NOTHING, first)
      const again = await staged(path.basename(file), readShared(file), {}, known)
      expect(again.record.counts).toMatchObject({
        new: 0,
        changed: 0,
        duplicate: first.record.counts.rows - first.record.counts.blank,
      })
      expect(again.sameAs).toBe(first.record.id)
      expect(saying(factsOf(joined(known, again)))).toBe(saying(factsOf(known)))
    },
  )

  it('reads one git history alike from numstat, hunks, UTF-16, CRLF, fuller and -z', async () => {
    const traps = 'delivery/git/traps'
    const files = (file: string) => stageFile(`${traps}/${file}`).then((one) => fileTexts(one))
    expect(await files('small.crlf.txt')).toEqual(await files('small.qd1.txt'))
    expect(await files('small.utf16le_bom_crlf.txt')).toEqual(await files('small.qd1.txt'))
    const truth = await files('torture.z.qd1.bin')
    expect(await files('torture.quotepath_off.qd1.txt')).toEqual(truth)
    expect(await files('torture.default_quotepath.qd1.txt')).toEqual(truth)
    expect(await files('torture.hunks.txt')).toEqual(truth)
  })

  it('finds the same files in hunk headers as in numstat, with the same net lines; numstat holds where both are there', async () => {
    const [numstat, hunks] = [
      'delivery/git/mcp-typescript-sdk.numstat.txt',
      'delivery/git/mcp-typescript-sdk.hunks.txt',
    ]
    const [fine, coarse] = [await stageFile(numstat), await stageFile(hunks)]
    expect(fine.record.facts).toEqual({ landing: 740, fileChange: 6467 })
    expect(netTexts(coarse)).toEqual(netTexts(fine))
    const both = await importAll([numstat, hunks].map((file) => [path.basename(file), readShared(file)]))
    expect(saying({ ...factsOf(both), hunk: noFacts().hunk })).toBe(saying(factsOf(joined(NOTHING, fine))))
  })

  it('keeps every changed range: their lines are those of the files', async () => {
    const one = await stageFile('delivery/git/mcp-typescript-sdk.hunks.txt')
    const ranges = rowsOf(one, 'hunk')
    const sum = (of: readonly (number | null)[]) => of.reduce<number>((total, count) => total + (count ?? 0), 0)
    const changes = rowsOf(one, 'fileChange')
    expect(sum(ranges.map(({ newCount }) => newCount))).toBe(sum(changes.map(({ added }) => added)))
    expect(sum(ranges.map(({ oldCount }) => oldCount))).toBe(sum(changes.map(({ deleted }) => deleted)))
    expect(new Set(ranges.map(({ change }) => change))).toEqual(new Set(['modify', 'new', 'deleted', 'rename']))
    expect(new Set(ranges.map(({ sha, path: file }) => `${sha} ${file}`)).size).toBe(changes.length)
  })

  it('reads the sizes of files before the window', async () => {
    const one = await stageFile('delivery/git/pydantic-ai.baseline.tsv')
    expect(one.record.facts).toEqual({ fileBaseline: 767 })
    expect(one.record.counts).toMatchObject({ rows: 767, new: 767 })
    expect(rowsOf(one, 'fileBaseline')[0]).toEqual({
      repository: 'pydantic-ai',
      path: '.claude/settings.json',
      lines: 26,
    })
  })

  it('reads pull requests with their reviews and commits; a page saved twice is one record', async () => {
    const one = await stageFile('delivery/github/gh_pr_list_DERIVED.json')
    expect(one.record.counts).toMatchObject({ rows: 50, new: 49, duplicate: 1, keptAside: 0 })
    const pulls = rowsOf(one, 'pullRequest')
    expect(pulls.every(({ repository }) => repository === 'github.com/panjf2000/ants')).toBe(true)
    expect(pulls.filter(({ state }) => state === 'merged')).toHaveLength(26)
    expect(one.record.facts).toEqual({ pullRequest: 49, review: 30, pullCommit: 90, account: 35 })
  })

  it('reads the same pull requests from REST as from gh, and joins their reviews and commits', async () => {
    const [pulls, reviews, commits] = ['pulls', 'reviews', 'pull_commits'].map(
      (name) => `delivery/github/rest_${name}.json`,
    )
    const one = await stageFile(pulls!)
    expect(one.record.counts).toMatchObject({ rows: 50, new: 49, duplicate: 1, keptAside: 0 })
    expect(rowsOf(one, 'pullRequest').filter(({ state }) => state === 'merged')).toHaveLength(26)
    const files = ['delivery/github/gh_pr_list_DERIVED.json', pulls!, reviews!, commits!]
    const known = await importAll(files.map((file) => [path.basename(file), readShared(file)]))
    const facts = factsOf(known)
    expect([facts.pullRequest.rows, facts.review.rows, facts.pullCommit.rows]).toEqual([49, 30, 90])
    expect(known.imports.map(({ counts }) => counts.keptAside)).toEqual([0, 0, 0, 0])
    const backwards = await importAll([...files].reverse().map((file) => [path.basename(file), readShared(file)]))
    expect(factsOf(backwards).pullRequest.rows).toBe(49)
  })

  it('takes the first success of GitHub deployments, whatever they are now', async () => {
    const one = await stageFile('delivery/github/graphql_deployments.json')
    expect(one.record.format).toBe('github-deployments-json')
    const found = rowsOf(one, 'deployment')
    expect(found).toHaveLength(7)
    expect(found[0]).toMatchObject({
      deploymentId: '3881429895',
      service: 'OpenBIC',
      environment: 'github-pages',
      result: 'success',
      finishedAt: Date.UTC(2026, 1, 20, 0, 30, 59),
    })
  })

  it.each([
    ['gitlab/merge_requests.json', 'gitlab-merge-requests-json', { pullRequest: 18, account: 14 }],
    ['gitlab/mr_notes.json', 'gitlab-notes-json', { review: 9, account: 5 }],
    ['gitlab/mr_commits.json', 'gitlab-merge-commits-json', { pullCommit: 37 }],
    ['gitlab/deployments.json', 'gitlab-deployments-json', { deployment: 8 }],
    ['azure_devops/pull_requests.json', 'azure-pull-requests-json', { pullRequest: 1, account: 1 }],
  ])('reads %s as %s', async (file, format, facts) => {
    const choices = { repository: 'gitlab.com/gitlab-data/snowflake_spend' }
    const one = await staged(file, readShared(`delivery/${file}`), choices)
    expect(one.record.format).toBe(format)
    expect(one.keptAside).toEqual([])
    expect(one.record.facts).toEqual(facts)
  })

  it.each([
    'github/rest_pulls.json',
    'github/rest_reviews.json',
    'github/graphql_deployments.json',
    'gitlab/merge_requests.json',
    'jira/api_issue_changelogs.json',
    'linear/linear_export_30col.csv',
    'incidents/pagerduty_incidents.json',
    'devlake/jira__snapshot_tables__issues.csv',
    'devlake/dora__change_lead_time__cicd_deployment_commits.csv',
  ])('importing delivery/%s twice is importing it once', async (file) => {
    const known = joined(NOTHING, await stageFile(`delivery/${file}`))
    const again = await staged(path.basename(file), readShared(`delivery/${file}`), {}, known)
    expect(again.record.counts).toMatchObject({ new: 0, changed: 0 })
    expect(saying(factsOf(joined(known, again)))).toBe(saying(factsOf(known)))
  })

  it('reads the Linear export: every issue, with its start and end', async () => {
    const one = await stageFile('delivery/linear/linear_export_30col.csv')
    expect(one.record).toMatchObject({ format: 'linear-csv', counts: { rows: 28, new: 28, keptAside: 0 } })
    const items = rowsOf(one, 'workItem')
    expect(items.every(({ status, resolvedAt }) => (status === 'Done') === (resolvedAt !== null))).toBe(true)
    expect(items.filter(({ startedAt }) => startedAt !== null)).toHaveLength(4)
  })

  it('reads the status changes of Jira, and nothing else of its histories', async () => {
    const one = await stageFile('delivery/jira/api_issue_changelogs.json')
    expect(one.record.format).toBe('jira-changelog-json')
    expect(one.record.facts).toEqual({ statusChange: 10, account: 4 })
    expect(one.record.counts).toMatchObject({ rows: 279, keptAside: 0 })
  })

  it('reads flat and tree queries of Azure DevOps', async () => {
    const flat = await stageFile('delivery/azure_devops/export_sample_ms_docs.csv')
    expect(flat.record).toMatchObject({ format: 'azure-work-items-csv', counts: { keptAside: 0 } })
    expect(rowsOf(flat, 'workItem')[0]).toMatchObject({ key: '272', status: 'Active', statusCategory: null })
    const tree = await stageFile('delivery/azure_devops/tree_query_sample_ms_docs.csv')
    expect(rowsOf(tree, 'workItem').map(({ key }) => key)).toEqual(['165'])
    // Rows a person wrote to be uploaded have no id yet.
    expect(tree.record.counts.keptAside).toBe(tree.record.counts.rows - 1)
  })

  it.each([
    ['incidents/pagerduty_incidents.json', 'pagerduty-json', { incident: 2 }],
    ['incidents/opsgenie_incidents.json', 'opsgenie-incidents-json', { incident: 2 }],
    ['devlake/github__snapshot_tables__pull_requests.csv', 'devlake-pull-requests-csv', { pullRequest: 49 }],
    ['devlake/gitlab__snapshot_tables__pull_requests.csv', 'devlake-pull-requests-csv', { pullRequest: 18 }],
    ['devlake/dora__change_lead_time__cicd_deployment_commits.csv', 'devlake-deployments-csv', { deployment: 16 }],
    ['devlake/jira__snapshot_tables__issues.csv', 'devlake-issues-csv', { workItem: 30, account: 6 }],
    [
      'devlake/jira__snapshot_tables__issue_changelogs.csv',
      'devlake-issue-changes-csv',
      { statusChange: 165, account: 7 },
    ],
    ['devlake/pagerduty__snapshot_tables__issues.csv', 'devlake-issues-csv', { incident: 3 }],
    ['devlake/opsgenie__snapshot_tables__issues.csv', 'devlake-issues-csv', { incident: 2 }],
    [
      'devlake/dora__connect_incident_to_deployment__raw_tables__incidents.csv',
      'devlake-incidents-csv',
      { incident: 7 },
    ],
  ])('reads %s as %s', async (file, format, facts) => {
    const one = await stageFile(`delivery/${file}`)
    expect(one.keptAside).toEqual([])
    expect([one.record.format, one.record.facts]).toEqual([format, facts])
  })

  it.each([
    ['anthropic_cost_2026-08_14cols.csv', 'anthropic-cost-csv'],
    ['anthropic_tokens_2026-03_14cols.csv', 'anthropic-tokens-csv'],
    ['copilot_ai-usage-report_2026-06_21cols_with-tokens.csv', 'copilot-usage-csv'],
    ['cursor_team-usage-events_2026-07_13cols.csv', 'cursor-usage-csv'],
    ['openai_cost_2026-09_17cols.csv', 'openai-cost-csv'],
  ])('recognises the header of %s as %s', async (file, format) => {
    expect((await stageFile(`usage/transcribed/${file}`)).record.format).toBe(format)
  })

  it('reads list and billed price of the newest Anthropic layout apart', async () => {
    const { record } = await stageFile('usage/transcribed/anthropic_cost_2026-08_14cols.csv')
    expect(record.totals.cost).toMatchObject({ listed: '1.37', billed: '0.47' })
  })

  it('sums money exactly: the cost-2024 files by hand', async () => {
    const { record, chunks } = await stageFile('usage/anthropic/cost-2024/claude_api_cost_2024_03.csv')
    const text = new TextDecoder().decode(readShared('usage/anthropic/cost-2024/claude_api_cost_2024_03.csv'))
    const cents = text
      .trim()
      .split('\n')
      .slice(1)
      .reduce((sum, line) => sum + BigInt(line.trim().split(',').at(-1)!.replace('.', '')), 0n)
    expect(record.totals.cost.billed).toBe(formatNanos(nanosOf(cents * 10_000_000n)))
    expect(rowsOf({ record, chunks }, 'usage')).toHaveLength(48)
  })
})

function fileTexts(one: StagedImport): readonly string[] {
  return rowsOf(one, 'fileChange')
    .map(({ sha, path: to, fromPath, added, deleted }) => JSON.stringify([sha, to, fromPath, added, deleted]))
    .sort()
}

function netTexts(one: StagedImport): readonly string[] {
  return rowsOf(one, 'fileChange')
    .map(({ sha, path: to, fromPath, added, deleted }) =>
      JSON.stringify([sha, to, fromPath, added === null || deleted === null ? null : added - deleted]),
    )
    .sort()
}

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length < 2) return [items]
  return items.flatMap((item, i) =>
    permutations([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]),
  )
}
