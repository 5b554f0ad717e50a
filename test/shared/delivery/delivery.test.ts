import { describe, expect, test } from 'vitest'
import {
  classOfAccount,
  deliveryOf,
  domainOf,
  isCodePath,
  isProduction,
  type ProductionDeployment,
  productionTimes,
} from '../../../shared/delivery/index.ts'
import { resolveFacts } from '../../../shared/facts/index.ts'
import { instantOf } from '../../../shared/quantities/index.ts'
import { at, chunksOf, type FactRows, factsOf } from '../../support/build-facts.ts'

const choices = { productionEnvironments: [] }

describe('what is code', () => {
  test.each([
    ['src/app.ts', true],
    ['src/App.TSX', true],
    ['deploy/main.tf', true],
    ['README.md', false],
    ['package-lock.json', false],
    ['uv.lock', false],
    ['go.sum', false],
    ['web/dist/app.js', false],
    ['vendor/lib/x.go', false],
    ['dist.ts', true],
    ['tests/cassettes/a.py', false],
    ['api/service_pb2.py', false],
    ['api/service.pb.go', false],
    ['ui/theme.min.css', false],
    ['src/schema.generated.ts', false],
    ['Makefile', false],
    ['.ts', true],
  ])('%s: %s', (path, expected) => {
    expect(isCodePath(path)).toBe(expected)
  })

  test.each([
    ['README.md', '(root)'],
    ['src/app.ts', 'src'],
    ['packages/core/src/x.ts', 'packages/core'],
  ])('domain of %s is %s', (path, domain) => {
    expect(domainOf(path)).toBe(domain)
  })
})

describe('who an account is', () => {
  test.each([
    ['49699333+dependabot[bot]@users.noreply.github.com', 'bot'],
    ['app/dependabot', 'bot'],
    ['github-actions[bot]', 'bot'],
    ['renovate[bot]', 'bot'],
    ['noreply@anthropic.com', 'agent'],
    ['NoReply@Anthropic.com', 'agent'],
    ['jane@anthropic.com', 'human'],
    ['198982749+Copilot@users.noreply.github.com', 'agent'],
    ['158243242+devin-ai-integration[bot]@users.noreply.github.com', 'agent'],
    ['devin.clark@acme.test', 'human'],
    ['devinclark', 'human'],
    ['copilot-pull-request-reviewer[bot]', 'reviewer'],
    ['coderabbitai[bot]', 'reviewer'],
    ['251103656+acme-writer[bot]@users.noreply.github.com', 'app'],
    ['12345+jane@users.noreply.github.com', 'human'],
    ['jane', 'human'],
  ] as const)('%s is %s', (account, expected) => {
    expect(classOfAccount(account)).toBe(expected)
  })

  test('a house agent is named by login or address', () => {
    expect(classOfAccount('251103656+acme-writer[bot]@users.noreply.github.com', ['acme-writer'])).toBe('agent')
    expect(classOfAccount('writer@acme.test', ['Writer@acme.test'])).toBe('agent')
  })
})

describe('production', () => {
  test.each([
    ['production', true],
    ['Prod', true],
    ['prod-eu-1', true],
    ['live', true],
    ['preprod', false],
    ['pre-production', false],
    ['non-prod', false],
    ['staging', false],
    ['product-demo', false],
    [null, false],
  ])('%s: %s', (environment, expected) => {
    expect(isProduction(environment, [])).toBe(expected)
  })

  test('a setting replaces the names', () => {
    expect(isProduction('blue', ['Blue'])).toBe(true)
    expect(isProduction('production', ['blue'])).toBe(false)
  })

  function deployed(sha: string, finishedAt: number, result: 'success' | 'rollback' = 'success'): ProductionDeployment {
    return {
      deploymentId: '',
      service: null,
      sha,
      finishedAt: instantOf(finishedAt),
      result,
      isUnplanned: false,
      causedByIncident: null,
    }
  }
  const shas = ['aaaaaaaa1', 'bbbbbbbb2', 'cccccccc3', 'dddddddd4']

  test.each([
    ['a deployment holds everything that landed before', [deployed('cccccccc3', 30)], [30, 30, 30, null]],
    ['the earliest one counts', [deployed('cccccccc3', 30), deployed('dddddddd4', 20)], [20, 20, 20, 20]],
    ['later commits later', [deployed('aaaaaaaa1', 10), deployed('dddddddd4', 40)], [10, 40, 40, 40]],
    ['a roll-back brings nothing', [deployed('dddddddd4', 10, 'rollback')], [null, null, null, null]],
    ['short commit ids', [deployed('bbbbbbbb', 15)], [15, 15, null, null]],
    ['too short to be sure', [deployed('bbbb', 15)], [null, null, null, null]],
    ['commits of another line', [deployed('eeeeeeee5', 15)], [null, null, null, null]],
  ])('%s', (_, deployments, expected) => {
    expect(productionTimes(shas, deployments).times).toEqual(expected)
  })
})

describe('landings in order', () => {
  const landing = (sha: string, position: number, committedAt: string) => ({
    repository: 'shop',
    sha,
    position,
    committedAt: at(committedAt),
  })

  test('position is the order, also where committer dates run backwards', () => {
    const facts = factsOf({ landing: [landing('b', 0, '2026-01-01T10:00'), landing('a', 1, '2026-01-01T12:00')] })
    expect(deliveryOf(facts, choices).lines[0]!.landings.map(({ sha }) => sha)).toEqual(['a', 'b'])
  })

  test('overlapping exports are one line', () => {
    const older: FactRows = { landing: [landing('b', 0, '2026-01-02T00:00'), landing('a', 1, '2026-01-01T00:00')] }
    const newer: FactRows = { landing: [landing('c', 0, '2026-01-03T00:00'), landing('b', 1, '2026-01-02T00:00')] }
    const facts = resolveFacts(
      [...chunksOf(older, 'old'), ...chunksOf(newer, 'new')],
      [
        { id: 'new', asOf: instantOf(2), seq: 1 },
        { id: 'old', asOf: instantOf(1), seq: 2 },
      ],
    )
    expect(deliveryOf(facts, choices).lines[0]!.landings.map(({ sha }) => sha)).toEqual(['a', 'b', 'c'])
  })

  test('a landing knows when it ran in production', () => {
    const facts = factsOf({
      landing: [landing('bbbbbbb', 0, '2026-01-02T00:00'), landing('aaaaaaa', 1, '2026-01-01T00:00')],
      deployment: [
        {
          deploymentId: 'd1',
          environment: 'prod',
          sha: 'aaaaaaa',
          result: 'success',
          finishedAt: at('2026-01-03T00:00'),
        },
      ],
    })
    const delivery = deliveryOf(facts, choices)
    expect(delivery.landings.map((own) => delivery.productionAtOf(own))).toEqual([at('2026-01-03T00:00'), null])
    expect(delivery.deploymentsLinked).toBe(1)
  })

  test('prepared once per set of facts', () => {
    const facts = factsOf({ landing: [landing('a', 0, '2026-01-01T00:00')] })
    expect(deliveryOf(facts, choices)).toBe(deliveryOf(facts, choices))
    expect(deliveryOf(facts, { productionEnvironments: ['live'] })).not.toBe(deliveryOf(facts, choices))
  })
})

describe('pull requests', () => {
  const pull = {
    repository: 'github.com/acme/shop',
    number: 7,
    author: 'jane',
    createdAt: at('2026-01-05T09:00'),
    mergedAt: at('2026-01-06T09:00'),
    state: 'merged',
  }
  const key = { repository: pull.repository, number: 7 }
  const only = (rows: FactRows) => deliveryOf(factsOf(rows), choices).pullRequests[0]!

  test('the author, AI reviewers and pending reviews are no human review', () => {
    const review = [
      { ...key, reviewer: 'coderabbitai[bot]', state: 'COMMENTED', submittedAt: at('2026-01-05T09:01') },
      { ...key, reviewer: 'jane', state: 'COMMENTED', submittedAt: at('2026-01-05T10:00') },
      { ...key, reviewer: 'joe', state: 'PENDING', submittedAt: at('2026-01-05T10:30') },
      { ...key, reviewer: 'joe', state: 'APPROVED', submittedAt: at('2026-01-05T12:00') },
      { ...key, reviewer: 'joe', state: 'APPROVED', submittedAt: at('2026-01-05T14:00') },
      { ...key, reviewer: 'joe', state: 'APPROVED', submittedAt: at('2026-01-07T14:00') },
    ]
    expect(only({ pullRequest: [pull], review })).toMatchObject({
      firstAiReviewAt: at('2026-01-05T09:01'),
      firstHumanReviewAt: at('2026-01-05T12:00'),
      lastApprovalAt: at('2026-01-05T14:00'),
      areReviewsKnown: true,
    })
  })

  test('no reviews in the export is not the same as no review', () => {
    expect(only({ pullRequest: [pull] }).areReviewsKnown).toBe(false)
    expect(only({ pullRequest: [{ ...pull, reviewsKnown: 1 }] }).areReviewsKnown).toBe(true)
  })

  test('commits after review count, merges from the base do not', () => {
    const commit = (sha: string, text: string, headline: string) => ({
      ...key,
      sha,
      committedAt: at(text),
      authoredAt: at(text),
      headline,
    })
    const rows = {
      pullRequest: [pull],
      review: [{ ...key, reviewer: 'joe', state: 'COMMENTED', submittedAt: at('2026-01-05T12:00') }],
      pullCommit: [
        commit('1', '2026-01-05T08:00', 'start'),
        commit('2', '2026-01-05T13:00', "Merge branch 'main' into topic"),
        commit('3', '2026-01-05T14:00', 'answer the review'),
      ],
    }
    expect(only(rows)).toMatchObject({ commitsAfterReview: 1, firstCommitAt: at('2026-01-05T08:00') })
  })

  test.each([
    ['by its merge commit', { mergeSha: 'abc' }, { sha: 'abc', repository: 'other' }, 'abc'],
    [
      'by number, the git export knowing only the last part of the name',
      {},
      { sha: 'x', repository: 'shop', pullRequest: 7 },
      'x',
    ],
    ['by number, the only repository on both sides', {}, { sha: 'x', repository: 'export-2026', pullRequest: 7 }, 'x'],
  ] as const)('joins its landing %s', (_, more, row, sha) => {
    const landing = { position: 0, committedAt: at('2026-01-06T09:00'), ...row }
    expect(only({ pullRequest: [{ ...pull, ...more }], landing: [landing] }).landing?.sha).toBe(sha)
  })

  test('the only repository on both sides does not join by number alone', () => {
    const landing = [{ repository: 'else', sha: 'x', position: 0, committedAt: at('2026-01-06T10:00'), pullRequest: 7 }]
    expect(only({ pullRequest: [pull], landing }).landing).toBeNull()
  })

  test('numbers of different repositories do not join', () => {
    const landing = ['api', 'web'].map((repository) => ({
      repository,
      sha: repository,
      position: 0,
      committedAt: at('2026-01-06T09:00'),
      pullRequest: 7,
    }))
    expect(only({ pullRequest: [pull], landing }).landing).toBeNull()
  })
})
