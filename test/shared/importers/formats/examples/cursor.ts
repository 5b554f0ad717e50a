import type { Day } from '../../../../../shared/calendar/index.ts'
import { csvOf, type Example, jsonOf } from '../../../../support/field-effects.ts'

const split = {
  'input (w/ cache write)': '10',
  'input (w/o cache write)': '20',
  'cache read': '30',
  'output tokens': '40',
}
const event = {
  date: '2026-07-01T10:00:00.123Z',
  user: 'a@example.com',
  'cloud agent id': 'bc-1',
  'automation id': 'auto-1',
  kind: 'On-Demand',
  model: 'composer-2',
  'max mode': 'Yes',
  ...split,
  'total tokens': '100',
  requests: '2',
  cost: '0.25',
}
const { 'output tokens': _output, 'total tokens': _total, cost: _cost, ...early } = event
/** One count and the total it is held against. */
const bothBy = (name: string, value: string) => ({ [name]: value, 'total tokens': '101' })
const OTHERS = {
  kind: 'Included',
  'input (w/ cache write)': bothBy('input (w/ cache write)', '11'),
  'input (w/o cache write)': bothBy('input (w/o cache write)', '21'),
  'cache read': bothBy('cache read', '31'),
  'output tokens': bothBy('output tokens', '41'),
  output: bothBy('output', '41'),
}

const admin = {
  timestamp: '1750979225854',
  userEmail: 'a@example.com',
  model: 'claude-4.5-sonnet',
  kind: 'Usage-based',
  maxMode: true,
  requestsCosts: 5,
  isTokenBasedCall: true,
  isChargeable: true,
  isHeadless: false,
  tokenUsage: {
    inputTokens: 126,
    outputTokens: 450,
    cacheWriteTokens: 6112,
    cacheReadTokens: 11_964,
    totalCents: 20.18232,
    discountPercentOff: 10,
  },
  chargedCents: 21.36232,
  cursorTokenFee: 1.18,
  isFreeBugbot: false,
}
const { chargedCents: _charged, ...uncharged } = admin
const adminPage = (one: Example['document']) => ({
  totalUsageEventsCount: 1,
  pagination: { numPages: 1, currentPage: 1, pageSize: 10, hasNextPage: false, hasPreviousPage: false },
  usageEvents: [one],
  period: { startDate: 1_748_411_762_359, endDate: 1_751_003_762_359 },
})

const member = {
  userId: 12_345,
  spendCents: 2450,
  overallSpendCents: 3200,
  fastPremiumRequests: 1250,
  name: 'Alex',
  email: 'a@example.com',
  role: 'member',
  hardLimitOverrideDollars: 100,
  monthlyLimitDollars: 200,
}
const { email: _email, ...nameless } = member
const spendPage = (one: Example['document']) => ({
  teamMemberSpend: [one],
  subscriptionCycleStart: 1_708_992_000_000,
  totalMembers: 1,
  totalPages: 1,
})

const daily = {
  userId: 7,
  day: '2026-02-01',
  email: 'a@example.com',
  isActive: true,
  totalLinesAdded: 40,
  totalLinesDeleted: 4,
  acceptedLinesAdded: 30,
  acceptedLinesDeleted: 3,
  totalApplies: 5,
  totalAccepts: 4,
  totalRejects: 1,
  totalTabsShown: 9,
  totalTabsAccepted: 8,
  composerRequests: 2,
  chatRequests: 1,
  agentRequests: 4,
  cmdkUsages: 1,
  subscriptionIncludedReqs: 5,
  apiKeyReqs: 1,
  usageBasedReqs: 2,
  bugbotUsages: 1,
  mostUsedModel: 'composer-2',
  applyMostUsedExtension: '.ts',
  tabMostUsedExtension: '.ts',
  clientVersion: '2.0',
}
const { day: _day, userId: _userId, ...dated } = daily
const dailyPage = (one: Example['document']) => ({ data: [one], pagination: { hasNextPage: false } })

const models = { model: 'composer-2', 'request count': '9', ...split, 'total tokens': '100', 'cost ($)': '$1.25' }
const { 'cost ($)': _dollars, 'output tokens': _more, ...lessModels } = models
const FEBRUARY = { days: { from: '2026-02-01' as Day, to: '2026-02-28' as Day } }

const OF_CELLS = { records: '', text: csvOf }
export const CURSOR: readonly Example[] = [
  { format: 'cursor-usage-csv', document: event, others: OTHERS, ...OF_CELLS },
  {
    format: 'cursor-usage-csv',
    document: { ...early, output: '40', 'total tokens': '100', 'cost ($)': '0.25' },
    others: OTHERS,
    ...OF_CELLS,
  },
  {
    format: 'cursor-usage-csv',
    document: {
      date: event.date,
      user: 'a',
      kind: 'On-Demand',
      'max mode': 'Yes',
      model: 'm',
      tokens: '7',
      'cost ($)': '1',
    },
    others: { kind: 'Included' },
    ...OF_CELLS,
  },
  {
    format: 'cursor-usage-csv',
    document: { date: event.date, user: 'a', kind: 'On-Demand', model: 'm', 'total tokens': '7', requests: '1' },
    ...OF_CELLS,
  },
  {
    format: 'cursor-admin-json',
    document: adminPage(admin),
    records: 'usageEvents.*',
    text: jsonOf,
    others: { kind: 'Included in Business' },
  },
  {
    format: 'cursor-admin-json',
    document: adminPage(uncharged),
    records: 'usageEvents.*',
    text: jsonOf,
    others: { kind: 'Included in Business' },
  },
  { format: 'cursor-spend-json', document: spendPage(member), records: 'teamMemberSpend.*', text: jsonOf },
  { format: 'cursor-spend-json', document: spendPage(nameless), records: 'teamMemberSpend.*', text: jsonOf },
  { format: 'cursor-daily-use-json', document: dailyPage(daily), records: 'data.*', text: jsonOf },
  {
    format: 'cursor-daily-use-json',
    document: dailyPage({ ...dated, date: 1_769_904_000_000 }),
    records: 'data.*',
    text: jsonOf,
  },
  {
    format: 'cursor-models-csv',
    document: models,
    choices: FEBRUARY,
    others: { ...OTHERS, 'cost ($)': '$2.25' },
    ...OF_CELLS,
  },
  {
    format: 'cursor-models-csv',
    document: { ...lessModels, output: '40', cost: '1.25' },
    choices: FEBRUARY,
    others: OTHERS,
    ...OF_CELLS,
  },
  {
    format: 'cursor-models-csv',
    document: { model: 'm', 'request count': '9', 'total tokens': '100', cost: '1.25' },
    choices: FEBRUARY,
    ...OF_CELLS,
  },
]
