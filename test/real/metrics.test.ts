import { beforeAll, expect, test } from 'vitest'
import { UTC, type Day, dayIn } from '../../shared/calendar/index.ts'
import {
  deliveryOf,
  goneWithin,
  rewrittenWithin,
  walkHunks,
  walkRewrites,
  youngLinesRemoved,
  type Delivery,
} from '../../shared/delivery/index.ts'
import { readHunks } from '../../shared/delivery/read-hunks.ts'
import { type FactSet, noFacts, resolveFacts } from '../../shared/facts/index.ts'
import { sourceDocumentOf, stageImport } from '../../shared/importers/index.ts'
import {
  contextCounts,
  crossDomainCounts,
  metricById,
  ownershipByDomain,
  perActiveAuthorWeek,
  quantile,
  weightedDiffusion,
  type MetricContext,
  type MetricValue,
} from '../../shared/metrics/index.ts'
import { instantOf } from '../../shared/quantities/index.ts'
import { at } from '../support/build-facts.ts'
import { describeReal, readShared, sharedData } from '../support/shared-data.ts'

/** The way every file takes: bytes, recognised, staged, resolved. */
async function importOf(name: string, bytes: Uint8Array): Promise<FactSet> {
  const document = sourceDocumentOf(name, bytes, instantOf(0))
  const run = { importId: 'i1', seq: 1, committedAt: instantOf(0) }
  const staged = await stageImport(document, {}, { chunks: [], imports: [] }, run)
  if (!staged.ok) throw new Error(staged.issues.map(({ code }) => code).join(', '))
  const { record, chunks } = staged.value
  expect(record.counts.keptAside).toBe(0)
  return resolveFacts(chunks, [{ id: record.id, asOf: record.asOf, seq: record.seq }])
}

const PULLS = 'delivery/github/gh_pr_list_DERIVED.json'

/**
 * The file lists pull request 4 twice and its published answers count it twice. One pull request is one change, so the
 * import keeps it once; `asCounted` gives the second copy a number of its own to hold the formulas against the answers.
 */
async function readPulls(counting: 'as imported' | 'as counted'): Promise<FactSet> {
  const bytes = readShared(PULLS)
  if (counting === 'as imported') return importOf('pulls.json', bytes)
  const pulls = JSON.parse(new TextDecoder().decode(bytes)) as { number: number; url: string }[]
  const seen = new Set<number>()
  const distinct = pulls.map((pull) => {
    const isRepeat = seen.has(pull.number)
    seen.add(pull.number)
    return isRepeat
      ? { ...pull, number: 100_000 + pull.number, url: `${pull.url.replace(/\d+$/, '')}${100_000 + pull.number}` }
      : pull
  })
  return importOf('pulls.json', new TextEncoder().encode(JSON.stringify(distinct)))
}

interface Quantiles {
  readonly n: number
  readonly p50: number
  readonly p75: number
  readonly p90: number
}

interface PullAnswers {
  readonly created_to_merged_hours: Quantiles
  readonly review_latency_hours_created_to_first_nonauthor_review: Quantiles
  readonly merged_without_nonauthor_review: number
  readonly coding_time_hours_first_authored_to_created: { readonly n: number; readonly negative: number }
  readonly first_pass_lenient: { readonly n: number; readonly rate: number }
  readonly first_pass_strict_reviewed_only: { readonly n: number }
}

type ByWindow<T> = Readonly<Record<'72h' | '7d' | '14d' | '21d' | '30d', T>>
type Estimates = ByWindow<{ readonly lifo: number; readonly proportional: number; readonly blend25: number }>

interface DatasetAnswers {
  readonly landings_in_export: number
  readonly tip_committer_date: string
  readonly line_level: Readonly<
    Record<string, ByWindow<Readonly<Record<'lines_added' | 'lines_rewritten' | 'rate', number>>>>
  >
  readonly numstat_estimate: Readonly<Record<'without_baseline' | 'with_baseline', Readonly<Record<string, Estimates>>>>
  readonly extra: {
    readonly merge_frequency: Readonly<
      Record<'landings_nonbot' | 'active_author_weeks' | 'landings_per_active_author_week', number>
    >
    readonly batch_size_code_lines: Quantiles & { readonly mean: number }
    readonly revert_subject_rate: { readonly rate: number }
    readonly ai_marked: Readonly<Record<'landings' | 'share_of_nonbot_landings' | 'share_of_added_code_lines', number>>
    readonly unstable_change_72h: { readonly eligible: number } & Readonly<
      Record<'any_line' | 'ge_10pct' | 'ge_25pct' | 'ge_50pct', { readonly n: number; readonly share: number }>
    >
    readonly rework_rate_period_90d_code: ByWindow<
      Readonly<Record<'rate' | 'young_lines_removed' | 'lines_added', number>>
    >
    readonly ownership_diffusion_180d: {
      readonly domains: number
      readonly weighted_1_minus_sum_p2: number
      readonly top: readonly (Readonly<
        Record<'touches' | 'authors' | 'minor_lt5pct' | 'diffusion' | 'top_owner', number>
      > & { readonly domain: string })[]
    }
    readonly cross_domain_90d: Readonly<Record<'landings_with_known_home' | 'unknown_home' | 'cross', number>>
    readonly context_switching_git_proxy: Readonly<
      Record<'author_days' | 'switches' | 'transitions' | 'mean_distinct_domains_per_author_day', number>
    >
  }
}

interface Answers {
  readonly github_prs: PullAnswers
  readonly datasets: Readonly<Record<string, DatasetAnswers>>
}

// Skipped suites are never run, so their answers are never looked at.
const answers: Answers =
  sharedData === null
    ? ({ github_prs: {}, datasets: {} } as Answers)
    : (JSON.parse(new TextDecoder().decode(readShared('delivery/reference.json'))) as Answers)

function contextOf(facts: FactSet, houseAgents: readonly string[] = []): MetricContext {
  return {
    facts,
    settings: {
      zone: UTC,
      currency: 'USD',
      featureMarks: ['feat:'],
      productionEnvironments: [],
      houseAgents,
      fewestCases: 1,
    },
    asOf: '2026-08-22' as Day,
  }
}

function known(value: MetricValue | undefined): MetricValue & { known: true } {
  if (!value?.known) throw new Error(`unknown: ${JSON.stringify(value)}`)
  return value
}

const HOUSE_AGENTS: Record<string, string[]> = {
  'pydantic-ai': ['pydanty', 'pydanty@pydantic.dev', 'pydanty-bot@pydantic.dev'],
  'mcp-typescript-sdk': [],
}

for (const name of ['pydantic-ai', 'mcp-typescript-sdk']) {
  describeReal(`git history of ${name} against the published answers`, () => {
    let facts: FactSet
    let delivery: Delivery
    const expected = answers.datasets[name]!
    const landings = () => delivery.lines[0]!.landings
    const tip = () => landings().at(-1)!.landedAt as number
    const days = (n: number) => n * 86_400_000

    beforeAll(async () => {
      facts = await importOf(`${name}.numstat.txt`, readShared(`delivery/git/${name}.numstat.txt`))
      delivery = deliveryOf(facts, { productionEnvironments: [], houseAgents: HOUSE_AGENTS[name]! })
    })

    test('landings in order', () => {
      expect(landings().length).toBe(expected.landings_in_export)
      expect(tip()).toBe(at(expected.tip_committer_date))
    })

    for (const scope of ['all_text', 'code_only']) {
      test(`rewrite estimate without a baseline, ${scope}`, () => {
        const walk = walkRewrites(landings(), scope === 'all_text' ? () => true : undefined)
        for (const [label, window] of [
          ['72h', days(3)],
          ['7d', days(7)],
          ['14d', days(14)],
          ['21d', days(21)],
          ['30d', days(30)],
        ] as const) {
          const share = rewrittenWithin(walk, window, (birth) => landings()[birth]!.landedAt <= tip() - window)
          const { lifo, proportional, blend25 } = expected.numstat_estimate.without_baseline[scope]![label]
          expect(share.newestFirst / share.added, `${label} newest first`).toBeCloseTo(lifo, 6)
          expect(share.proportional / share.added, `${label} proportional`).toBeCloseTo(proportional, 6)
          const blend = share.proportional + 0.25 * (share.newestFirst - share.proportional)
          // The published blend was made of rounded numbers.
          expect(Math.abs(blend / share.added - blend25), `${label} blend`).toBeLessThan(1.5e-6)
          // Line counts of git's two diff outputs differ by a few.
          expect(Math.abs(share.added - expected.line_level[scope]![label].lines_added)).toBeLessThan(60)
        }
      })
    }

    for (const scope of ['all_text', 'code_only']) {
      test(`rewrite estimate with a baseline, ${scope}`, () => {
        const text = new TextDecoder().decode(readShared(`delivery/git/${name}.baseline.tsv`))
        const baseline = new Map(
          text.split('\n').flatMap((line): [string, number][] => {
            const [added, , path] = line.split('\t')
            return path === undefined || added === '-' ? [] : [[path, Number(added)]]
          }),
        )
        const walk = walkRewrites(landings(), scope === 'all_text' ? () => true : undefined, baseline)
        for (const [label, window] of [
          ['72h', days(3)],
          ['7d', days(7)],
          ['30d', days(30)],
        ] as const) {
          const share = rewrittenWithin(walk, window, (birth) => landings()[birth]!.landedAt <= tip() - window)
          const { lifo, proportional } = expected.numstat_estimate.with_baseline[scope]![label]
          expect(share.newestFirst / share.added, `${label} newest first`).toBeCloseTo(lifo, 6)
          expect(share.proportional / share.added, `${label} proportional`).toBeCloseTo(proportional, 6)
        }
      })
    }

    test('merge frequency', () => {
      const people = landings().filter(({ authorClass }) => authorClass !== 'bot')
      const { merged, authorWeeks } = perActiveAuthorWeek(
        people.map(({ author, landedAt }) => ({ author, at: landedAt })),
        UTC,
      )
      const { landings_nonbot, active_author_weeks, landings_per_active_author_week } = expected.extra.merge_frequency
      expect([merged, authorWeeks]).toEqual([landings_nonbot, active_author_weeks])
      expect(merged / authorWeeks).toBeCloseTo(landings_per_active_author_week, 4)
      const measured = known(
        metricById('merge-frequency')!.measure(contextOf(facts), {
          from: '2024-01-01' as Day,
          to: dayIn(landings().at(-1)!.landedAt, UTC),
        }),
      )
      expect(measured.value).toBeCloseTo(landings_per_active_author_week, 4)
    })

    test('batch size', () => {
      const sizes = landings()
        .filter(({ authorClass }) => authorClass !== 'bot')
        .map(({ codeAdded, codeDeleted }) => codeAdded + codeDeleted)
        .filter((lines) => lines > 0)
      const { n, p50, mean } = expected.extra.batch_size_code_lines
      expect(sizes.length).toBe(n)
      expect(quantile(sizes, 0.5)).toBe(p50)
      expect(sizes.reduce((sum, lines) => sum + lines, 0) / n).toBeCloseTo(mean, 2)
    })

    test('reverts stand in for failures', () => {
      const value = known(
        metricById('change-failure-rate')!.measure(contextOf(facts), {
          from: '2024-01-01' as Day,
          to: '2026-12-31' as Day,
        }),
      )
      expect(value.quality).toBe('proxy')
      expect(value.value).toBeCloseTo(expected.extra.revert_subject_rate.rate, 6)
    })

    test('AI-marked landings', () => {
      const people = landings().filter(({ authorClass }) => authorClass !== 'bot')
      const marked = people.filter(({ isAgentMarked }) => isAgentMarked)
      const added = (list: typeof people) => list.reduce((sum, { codeAdded }) => sum + codeAdded, 0)
      const { landings: n, share_of_nonbot_landings, share_of_added_code_lines } = expected.extra.ai_marked
      expect(marked.length).toBe(n)
      expect(marked.length / people.length).toBeCloseTo(share_of_nonbot_landings, 6)
      expect(added(marked) / added(people)).toBeCloseTo(share_of_added_code_lines, 5)
    })

    test('ownership diffusion', () => {
      // The published answers know addresses only: an agent's is an owner like any other.
      const byAddress = landings().map((own) => Object.create(own, { owner: { value: own.author } }) as typeof own)
      const domains = ownershipByDomain(byAddress, tip() - days(180), Infinity)
      const answer = expected.extra.ownership_diffusion_180d
      expect(domains.length).toBe(answer.domains)
      expect(weightedDiffusion(domains)).toBeCloseTo(answer.weighted_1_minus_sum_p2, 6)
      for (const top of answer.top) {
        const domain = domains.find((own) => own.domain === top.domain)!
        expect([domain.landings, domain.authors, domain.minorAuthors]).toEqual([
          top.touches,
          top.authors,
          top.minor_lt5pct,
        ])
        expect(domain.diffusion).toBeCloseTo(top.diffusion, 4)
        expect(domain.topOwnerShare).toBeCloseTo(top.top_owner, 4)
      }
    })

    test('cross-domain contribution', () => {
      const counts = crossDomainCounts(landings(), ({ landedAt }) => landedAt > tip() - days(90))
      const { landings_with_known_home, unknown_home, cross } = expected.extra.cross_domain_90d
      expect(counts).toEqual({ known: landings_with_known_home, unknownHome: unknown_home, crossed: cross })
    })

    test('context switching', () => {
      const { authorDays, domains, switches, transitions } = contextCounts(landings(), UTC)
      const answer = expected.extra.context_switching_git_proxy
      expect([authorDays, switches, transitions]).toEqual([answer.author_days, answer.switches, answer.transitions])
      expect(domains / authorDays).toBeCloseTo(answer.mean_distinct_domains_per_author_day, 6)
    })

    test('unstable changes and rework stay near the line-level truth', () => {
      const year = { from: '2024-01-01' as Day, to: '2026-08-10' as Day }
      const unstable = known(metricById('unstable-72h')!.measure(contextOf(facts), year))
      const rework = known(
        metricById('rework-rate')!.measure(contextOf(facts), { from: '2026-05-24' as Day, to: '2026-08-22' as Day }),
      )
      const truth = expected.extra
      expect(Math.abs(rework.value / truth.rework_rate_period_90d_code['21d'].rate - 1)).toBeLessThan(0.2)
      // From file counts a single change is hard to judge: within a factor of two, and said so.
      expect(Math.abs(Math.log2(unstable.value / truth.unstable_change_72h.ge_10pct.share))).toBeLessThan(1)
      expect(unstable.interval![1]).toBeGreaterThan(truth.unstable_change_72h.ge_10pct.share)
      expect(unstable.quality).toBe('estimate')
    })
  })
}

for (const name of ['pydantic-ai', 'mcp-typescript-sdk']) {
  describeReal(`changed line ranges of ${name} against the published answers`, () => {
    let facts: FactSet
    let delivery: Delivery
    const expected = answers.datasets[name]!
    const landings = () => delivery.lines[0]!.landings
    const tip = () => landings().at(-1)!.landedAt as number
    const days = (n: number) => n * 86_400_000

    beforeAll(async () => {
      facts = await importOf(`${name}.hunks.txt`, readShared(`delivery/git/${name}.hunks.txt`))
      delivery = deliveryOf(facts, { productionEnvironments: [], houseAgents: HOUSE_AGENTS[name]! })
    })

    for (const scope of ['all_text', 'code_only']) {
      test(`line-level rewrite rates, ${scope}`, () => {
        const hunks = readHunks(facts)
        const walked = landings().map(({ repository, sha, landedAt }) => ({
          landedAt,
          files: hunks.get(`${repository}\u001f${sha}`) ?? [],
        }))
        const walk = walkHunks(walked, scope === 'all_text' ? () => true : undefined)
        for (const [label, window] of [
          ['72h', days(3)],
          ['7d', days(7)],
          ['14d', days(14)],
          ['21d', days(21)],
          ['30d', days(30)],
        ] as const) {
          const share = rewrittenWithin(walk, window, (birth) => landings()[birth]!.landedAt <= tip() - window)
          const answer = expected.line_level[scope]![label]
          expect([share.added, share.proportional], label).toEqual([answer.lines_added, answer.lines_rewritten])
          expect(Number((share.proportional / share.added).toFixed(6)), label).toBe(answer.rate)
        }
      })
    }

    test('unstable changes', () => {
      const gone = landings().map(() => 0)
      goneWithin(delivery.rewritesOf(landings()[0]!.repository), days(3)).proportional.forEach((lines, at) => {
        gone[at] = lines
      })
      const judged = landings().filter(
        ({ codeAdded, landedAt, authorClass }) =>
          authorClass !== 'bot' && codeAdded >= 10 && landedAt <= tip() - days(3),
      )
      const answer = expected.extra.unstable_change_72h
      expect(judged.length).toBe(answer.eligible)
      const share = (least: number) => judged.filter((own) => gone[own.order]! >= least * own.codeAdded).length
      expect(judged.filter(({ order }) => gone[order]! > 0).length).toBe(answer.any_line.n)
      expect([share(0.1), share(0.25), share(0.5)]).toEqual([answer.ge_10pct.n, answer.ge_25pct.n, answer.ge_50pct.n])
    })

    test('rework of the last 90 days', () => {
      const walk = delivery.rewritesOf(landings()[0]!.repository)
      for (const [label, window] of [
        ['7d', days(7)],
        ['21d', days(21)],
        ['30d', days(30)],
      ] as const) {
        const share = youngLinesRemoved(walk, window, (at) => landings()[at]!.landedAt > tip() - days(90))
        const answer = expected.extra.rework_rate_period_90d_code[label]
        expect([share.proportional, share.added], label).toEqual([answer.young_lines_removed, answer.lines_added])
      }
    })

    test('the metrics say so: exact', () => {
      const year = { from: '2024-01-01' as Day, to: '2026-08-10' as Day }
      for (const id of ['seven-day-rewrite-rate', 'unstable-72h', 'rework-rate'])
        expect(known(metricById(id)!.measure(contextOf(facts), year)).quality, id).toBe('exact')
    })
  })
}

describeReal('pull requests against the published answers', () => {
  const all = { from: '2010-01-01' as Day, to: '2026-08-22' as Day }
  let context: MetricContext
  const measure = (id: string) => metricById(id)!.measure(context, all)
  const { github_prs: expected } = answers

  beforeAll(async () => {
    context = contextOf(await readPulls('as counted'))
  })

  test('cycle time to merge', () => {
    const value = known(measure('cycle-time'))
    expect([value.n, value.quality]).toEqual([expected.created_to_merged_hours.n, 'proxy'])
    expect(value.value).toBeCloseTo(expected.created_to_merged_hours.p50, 4)
    expect(value.quantiles!.p75).toBeCloseTo(expected.created_to_merged_hours.p75, 4)
    expect(value.quantiles!.p90).toBeCloseTo(expected.created_to_merged_hours.p90, 4)
  })

  test('review latency', () => {
    const answer = expected.review_latency_hours_created_to_first_nonauthor_review
    const value = known(measure('review-latency'))
    expect(value.n).toBe(answer.n)
    expect(value.value).toBeCloseTo(answer.p50, 4)
    expect(value.quantiles!.p75).toBeCloseTo(answer.p75, 4)
    const unreviewed = known(measure('unreviewed-merge-share'))
    expect(unreviewed.value * unreviewed.n).toBeCloseTo(expected.merged_without_nonauthor_review, 9)
  })

  test('first pass, strict', () => {
    const value = known(measure('first-pass-acceptance'))
    expect([value.n, value.value]).toEqual([expected.first_pass_strict_reviewed_only.n, 0])
  })

  test('first pass, lenient, where commits are not exported', async () => {
    const facts = await readPulls('as counted')
    const pullRequest = facts.pullRequest.chunks.map((chunk) => ({
      ...chunk,
      columns: {
        ...chunk.columns,
        commitsKnown: { kind: 'number' as const, values: new Float64Array(chunk.rows).fill(NaN) },
      },
    }))
    const lenient = contextOf({
      ...facts,
      pullRequest: { ...facts.pullRequest, chunks: pullRequest },
      pullCommit: noFacts().pullCommit,
    })
    const value = known(metricById('first-pass-acceptance')!.measure(lenient, all))
    expect(value.n).toBe(expected.first_pass_lenient.n)
    expect(value.value).toBeCloseTo(expected.first_pass_lenient.rate, 6)
  })

  test('coding time: first commit to opening', () => {
    const pulls = deliveryOf(context.facts, { productionEnvironments: [] }).pullRequests
    const hours = pulls.flatMap(({ mergedAt, firstCommitAt, openedAt }) =>
      mergedAt === null || firstCommitAt === null ? [] : [(openedAt - firstCommitAt) / 3_600_000],
    )
    const answer = expected.coding_time_hours_first_authored_to_created
    expect([hours.length, hours.filter((value) => value < 0).length]).toEqual([answer.n, answer.negative])
  })

  test('as imported, pull request 4 is one change and not two', async () => {
    const once = contextOf(await readPulls('as imported'))
    const value = known(metricById('cycle-time')!.measure(once, all))
    expect(value.n).toBe(expected.created_to_merged_hours.n - 1)
    expect(value.value).toBeCloseTo(18.7357, 4)
  })

  test('fewer than five cases are unknown, too few', () => {
    const strict = { ...context, settings: { ...context.settings, fewestCases: 5 } }
    const value = metricById('review-latency')!.measure(strict, all)
    expect(value.known ? 'known' : value.why.code).toBe('metrics/too-few')
  })
})
