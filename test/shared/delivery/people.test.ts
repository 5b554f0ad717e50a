import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Day } from '../../../shared/calendar/index.ts'
import { buildUsageCube } from '../../../shared/cube/index.ts'
import {
  type Account,
  accountsOf,
  classOfAccount,
  deliveryOf,
  houseAccounts,
  mergeAccounts,
  type Person,
  suggestMerges,
  teamOn,
  withLogins,
  withPeople,
} from '../../../shared/delivery/index.ts'
import { eachFact } from '../../../shared/facts/index.ts'
import { nanosOf } from '../../../shared/money/index.ts'
import { at, factsOf } from '../../support/build-facts.ts'

function account(id: string, names: readonly string[] = []): Account {
  return { id, uses: 1, kind: classOfAccount(id), places: ['commits'], names }
}

function person(id: string, accounts: readonly string[], more: Partial<Person> = {}): Person {
  return { id, name: id, kind: 'human', accounts, teams: [], ...more }
}

const day = (text: string) => text as Day

describe('accounts', () => {
  it('are everybody in the facts, with where and beside which names they stood', () => {
    const facts = factsOf({
      landing: [
        {
          repository: 'api',
          sha: 'a',
          authorEmail: 'ada@x.org',
          authorName: 'Ada Lovelace',
          coAuthors: 'Claude <noreply@anthropic.com>\nBo Li <bo@x.org>',
        },
        { repository: 'api', sha: 'b', authorEmail: 'ada@x.org' },
      ],
      pullRequest: [
        { repository: 'r', number: 1, author: 'ada', authorIsBot: 0 },
        { repository: 'r', number: 2, author: 'house', authorIsBot: 1 },
      ],
      review: [{ reviewer: 'coderabbitai[bot]' }, { reviewer: 'bo' }],
      workItem: [
        { tracker: 't', key: 'k', assignee: 'Ada Lovelace' },
        { tracker: 't', key: 'l', assignee: 'Ada <ada@x.org>' },
      ],
    })
    expect(accountsOf(facts).map(({ id, uses, kind, names }) => [id, uses, kind, names.join('/')])).toEqual([
      ['ada@x.org', 3, 'human', 'Ada/Ada Lovelace'],
      ['ada', 1, 'human', ''],
      ['bo', 1, 'human', ''],
      ['bo@x.org', 1, 'human', 'Bo Li'],
      ['coderabbitai[bot]', 1, 'reviewer', ''],
      ['house', 1, 'app', ''],
      ['noreply@anthropic.com', 1, 'agent', 'Claude'],
    ])
    expect(accountsOf(facts)[0]!.places).toEqual(['commits', 'work items'])
  })
})

describe('suggestions', () => {
  const accounts = [
    'Ada@x.org',
    'ada@x.org',
    'bo',
    '12+Bo@users.noreply.github.com',
    'bo@users.noreply.github.com',
    'cy@x.org',
    'cy+git@x.org',
    'cy@y.org',
    'dependabot[bot]',
    'dependabot',
  ].map((id) => account(id))

  it('say why and how sure they are, the surest first; machines are nobody', () => {
    expect(
      suggestMerges(accounts).map(({ accounts: ids, reasons, score }) => [ids, reasons, score.toFixed(2)]),
    ).toEqual([
      [['12+Bo@users.noreply.github.com', 'bo', 'bo@users.noreply.github.com'], ['noreply-login'], '0.95'],
      [['Ada@x.org', 'ada@x.org'], ['same-letters'], '0.95'],
      [['cy+git@x.org', 'cy@x.org'], ['plus-address'], '0.85'],
    ])
  })

  it('join two reasons into more certainty, and never rest on a first name', () => {
    const both = [
      account('ada@x.org', ['Ada Lovelace']),
      account('ada', ['ada lovelace']),
      account('ada@y.org', ['Ada']),
    ]
    const found = suggestMerges(both)
    expect(found.map(({ accounts: ids }) => ids.length)).toEqual([2, 3])
    expect(found[0]).toMatchObject({ accounts: ['ada', 'ada@x.org'], reasons: ['same-name'], score: 0.6 })
  })

  it('see one full name in a login and an address, and only there', () => {
    const ids = ['ada.king@x.org', 'Ada-King', 'ada.king@y.org', 'bo.li@x.org', 'bo.li@y.org', 'boli'].map((id) =>
      account(id),
    )
    expect(suggestMerges(ids).map(({ accounts: found, reasons, score }) => [found, reasons, score])).toEqual([
      [['Ada-King', 'ada.king@x.org', 'ada.king@y.org'], ['name-login'], 0.75],
    ])
  })

  it('remember a no until somebody new joins, and do not ask what was said', () => {
    const pair = ['cy+git@x.org', 'cy@x.org'].map((id) => account(id))
    const refused = [{ id: 'r', accounts: ['CY@x.org', 'cy+git@x.org'] }]
    expect(suggestMerges(pair, [], refused)).toEqual([])
    expect(suggestMerges([...pair, account('cy+home@x.org')], [], refused)).toHaveLength(1)
    expect(suggestMerges(pair, [person('p', ['cy@x.org', 'cy+git@x.org'])])).toEqual([])
    expect(suggestMerges(pair, [person('p', ['cy@x.org'])])[0]!.personId).toBe('p')
    // Kept apart by hand.
    expect(suggestMerges(pair, [person('p', ['cy@x.org']), person('q', ['cy+git@x.org'])])).toEqual([])
  })
})

describe('merged people', () => {
  const facts = factsOf({
    usage: [
      { day: day('2026-02-01'), tool: 'T', person: 'ada@x.org', billed: nanosOf(1n) },
      { day: day('2026-02-01'), tool: 'T', person: 'ADA', billed: nanosOf(2n) },
      { day: day('2026-02-01'), tool: 'T', person: null, apiKey: 'key-of-ada', billed: nanosOf(4n) },
      { day: day('2026-02-01'), tool: 'T', person: 'bo', apiKey: 'key-of-ada', billed: nanosOf(8n) },
    ],
    landing: [{ repository: 'r', sha: 'a', authorEmail: 'ADA', coAuthors: 'Ada <ada@x.org>\nBo <bo>' }],
  })
  const ada = person('p', ['ada@x.org', 'ada', 'key-of-ada'])

  it('are one in every column that names somebody, in the cube too; keys count for those who hold them', () => {
    const merged = withPeople(facts, [ada])
    const cells = buildUsageCube(merged, ['person']).cells.map(({ key, rows }) => [key[0], rows])
    expect(cells).toEqual([
      ['ada@x.org', 3],
      ['bo', 1],
    ])
    expect(buildUsageCube(merged, []).total).toEqual(buildUsageCube(facts, []).total)
    const [landing] = [...eachFact(merged.landing)]
    expect([landing!.authorEmail, landing!.coAuthors]).toEqual(['ada@x.org', 'Ada <ada@x.org>\nBo <bo>'])
  })

  it('of a warehouse are called by the login its pull requests state for their id, so that bots are told from people', () => {
    const pull = { repository: 'github.com/o/r', createdAt: at('2026-02-01T00:00'), state: 'open' }
    const reviewed = factsOf({
      pullRequest: [
        { ...pull, number: 1, author: 'dependabot[bot]', authorId: 'github:GithubAccount:1:7', itemId: 'pr:1' },
        { ...pull, number: 2, author: 'ada', authorId: 'github:GithubAccount:1:8', itemId: 'pr:2' },
      ],
      review: ['7', '8', '9'].map((id, i) => ({
        repository: 'pr:2',
        number: 0,
        reviewer: `github:GithubAccount:1:${id}`,
        state: 'COMMENTED',
        submittedAt: at(`2026-02-01T0${i + 1}:00`),
      })),
    })
    const named = withLogins(reviewed)
    expect([...eachFact(named.review)].map(({ reviewer }) => reviewer)).toEqual([
      'dependabot[bot]',
      'ada',
      'github:GithubAccount:1:9',
    ])
    const [, second] = deliveryOf(named, { productionEnvironments: [] }).pullRequests
    // Neither the bot nor the author: the first human review is the third.
    expect(second!.firstHumanReviewAt).toBe(at('2026-02-01T03:00'))
    expect(withLogins(facts)).toBe(facts)
  })

  it('leave the facts as they are when nobody is said to be anybody', () => {
    expect(withPeople(facts, [])).toBe(facts)
    expect(withPeople(facts, [person('q', ['someone-else'])]).usage.chunks).toEqual(facts.usage.chunks)
  })

  it('tell machines that no list can know from people, and the other way round', () => {
    const house = houseAccounts([
      person('release', ['acme-release'], { kind: 'bot' }),
      person('writer', ['acme-writer', 'noreply@anthropic.com'], { kind: 'agent' }),
      person('reader', ['acme-reader[bot]'], { kind: 'reviewer' }),
      person('someone', ['codecov'], { kind: 'human' }),
    ])
    expect(house).toEqual(['bot:acme-release', 'acme-writer', 'reviewer:acme-reader[bot]', 'human:codecov'])
    expect(
      ['acme-release', 'acme-writer', 'acme-reader[bot]', 'codecov', 'ada'].map((id) => classOfAccount(id, house)),
    ).toEqual(['bot', 'agent', 'reviewer', 'human', 'human'])
  })
})

test('teams hold from their day until the next', () => {
  const moved = person('p', [], {
    teams: [
      { team: 'core', from: null },
      { team: 'search', from: day('2026-05-01') },
      { team: '', from: day('2026-09-01') },
    ],
  })
  expect(['2020-01-01', '2026-04-30', '2026-05-01', '2026-09-01'].map((on) => teamOn(moved, day(on)))).toEqual([
    'core',
    'core',
    'search',
    null,
  ])
  expect(teamOn(person('q', []), day('2026-01-01'))).toBeNull()
})

test('whatever is merged, every account has one person and none is lost', () => {
  const name = fc.constantFrom('a', 'A', 'b', 'c', 'd', 'e', 'f')
  const persons = fc
    .array(fc.uniqueArray(name, { minLength: 1, maxLength: 3, selector: (id) => id.toLowerCase() }), { maxLength: 4 })
    .map((lists) => {
      const taken = new Set<string>()
      return lists.flatMap((list, i) => {
        const free = list.filter((id) => !taken.has(id.toLowerCase()))
        for (const id of free) taken.add(id.toLowerCase())
        return free.length === 0 ? [] : [person(`p${i}`, free)]
      })
    })
  fc.assert(
    fc.property(persons, fc.array(name, { minLength: 1, maxLength: 4 }), (before, joined) => {
      const into = before[0] ?? person('new', [])
      const table = Object.fromEntries(before.map((one) => [one.id, one]))
      const all = Object.values(mergeAccounts(table, joined, into)).flatMap(({ accounts }) =>
        accounts.map((id) => id.toLowerCase()),
      )
      const wanted = new Set([...before.flatMap(({ accounts }) => accounts), ...joined].map((id) => id.toLowerCase()))
      expect(new Set(all)).toEqual(wanted)
      expect(all).toHaveLength(wanted.size)
    }),
    { seed: 20261121, numRuns: 200 },
  )
})
