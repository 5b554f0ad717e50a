import { type Day, nameDay } from '../../calendar/index.ts'
import type { Repeat } from '../../facts/index.ts'
import type { Issue } from '../../issues/index.ts'
import { noted } from './issue-forms.ts'

/* Things worth knowing about a whole file that was read. */

export function maybeTruncated(said: string, can: string): Issue {
  return noted('import/maybe-truncated', said, 'all records: this is a usual limit of exports', can)
}

export function repeatsItself(rows: number, first: Pick<Repeat, 'sourceRow' | 'of'> | null): Issue {
  const which = first === null ? '' : `row ${first.sourceRow} with the record of row ${first.of} once more`
  const isOne = rows === 1
  return noted(
    'import/repeats-itself',
    isOne
      ? which
      : `${rows} rows with a record that another row has${which === '' ? '' : `, the first of them ${which}`}`,
    'each record once',
    `${isOne ? 'It is counted as a duplicate' : 'They are counted as duplicates'}; where two differ, the one stated last counts.`,
  )
}

export function noRows(): Issue {
  return noted('import/no-rows', 'a header and no records', 'records', 'Nothing to do when the period was empty.')
}

export function severalCurrencies(currencies: readonly string[]): Issue {
  return noted(
    'import/several-currencies',
    currencies.join(', '),
    'one currency to state totals',
    'Each row keeps its own; sums per file are not shown.',
  )
}

export function undatedRows(): Issue {
  return noted(
    'import/undated',
    undefined,
    'a column with dates',
    'The rows count in the file’s totals, and in no period.',
  )
}

export function zoneNotStated(): Issue {
  return noted(
    'import/zone-not-stated',
    undefined,
    'the zone of the times',
    'Days are taken as written. Choose a zone to place the hours.',
  )
}

export function centuryAssumed(): Issue {
  return noted('import/two-digit-years', undefined, 'years with four digits', 'Two digits were read as 2000 to 2099.')
}

export function webSearches(): Issue {
  return noted(
    'import/web-searches',
    'web searches',
    'token usage',
    'Searches are billed apart and are not part of the token counts.',
  )
}

export function splitUnproven(): Issue {
  return noted(
    'import/token-split-unproven',
    undefined,
    'a word on whether input tokens include those read from the cache',
    'They are read as separate counts, as the numbers suggest; hold the total against the vendor’s own page.',
  )
}

export function backfilled(from: Day, to: Day): Issue {
  return noted(
    'import/copilot-backfill',
    `rows of ${nameDay(from)} to ${nameDay(to)}`,
    'each use once',
    'GitHub wrote these days once more when AI credits came, and its own preview counts half of them or none. They are counted as they stand; hold them against the bill.',
  )
}

export function notFirstParent(inner: number): Issue {
  return noted(
    'import/not-first-parent',
    `${inner === 1 ? 'one commit' : `${inner} commits`} that a merge brought in`,
    'one record for each landing',
    'Export again with --first-parent, else inner commits count as landings.',
  )
}

export function columnsNotUsed(names: readonly string[]): Issue {
  return noted(
    'import/columns-not-used',
    names.join(', '),
    'columns whose meaning is known',
    'They are kept with each row and not counted. Map them yourself if they state what is counted.',
  )
}

export function textsNotKept(names: readonly string[]): Issue {
  return noted(
    'import/texts-not-kept',
    names.join(', '),
    'counts and names, not what somebody wrote',
    'Their texts are not stored; everything else of the rows is read as usual.',
  )
}

export function repositoryFromFileName(name: string): Issue {
  return noted(
    'import/repository-from-file-name',
    `${name} in the name of the file`,
    'the name of the repository',
    'It is taken as the repository; say another where that is not its name (--repository).',
  )
}

export function mergeTimeNotStated(): Issue {
  return noted(
    'import/merge-time-not-stated',
    'merged changes without the time of their merge',
    'when each was merged: the last update is not it',
    'Import the merge requests from the API as well; until then their cycle time is unknown.',
  )
}

export function lowUrgency(): Issue {
  return noted(
    'import/low-urgency',
    'incidents of low urgency',
    'incidents that woke somebody, or that have a priority',
    'They are left out, counted as blank; give those that matter a priority.',
  )
}

export function morePages(): Issue {
  return noted(
    'import/more-pages',
    'an answer that says more pages follow',
    'all pages of it',
    'Fetch the next pages and save them behind this one, or import them as files of their own.',
  )
}

export function groupsCountFully(): Issue {
  return noted(
    'import/groups-count-fully',
    'rows by group',
    'each use once',
    'Someone in two groups counts fully in both: export without groups for a total.',
  )
}

export function unitsNotTokens(what: string): Issue {
  return noted(
    'import/units-not-tokens',
    what,
    'token counts',
    'Requests and quantities stand beside the tokens; no price is known for them here. Import the costs for their money.',
  )
}

export function amortised(): Issue {
  return noted(
    'import/amortised-cost',
    'billed and effective costs that differ',
    'one of the two',
    'The effective cost counts as owed: prepaid money then counts when it is used, and once.',
  )
}

export function virtualCurrency(unit: string): Issue {
  return noted(
    'import/virtual-currency',
    `prices in ${unit}`,
    'money',
    'Amounts are taken in the currency of the bill; quantities of the virtual one are not kept.',
  )
}

export function paidElsewhere(): Issue {
  return noted(
    'import/paid-elsewhere',
    'use of keys of your own',
    'what this vendor charges',
    'That part is on the bill of the vendor whose key it was: import that bill too.',
  )
}

export function localDays(): Issue {
  return noted(
    'import/local-days',
    'days of the machine it ran on',
    'days in UTC',
    'Run it with --timezone UTC when its days must match other files; it sees one machine only.',
  )
}

export function cycleSoFar(): Issue {
  return noted(
    'import/cycle-so-far',
    'totals of a billing cycle so far',
    'a date on each row',
    'They count on the first day of the cycle; a later answer about the same cycle changes them.',
  )
}

export function otherProducts(what: string): Issue {
  return noted(
    'import/other-products',
    `rows about something other than ${what}`,
    `rows about ${what}`,
    'They are left out, counted as blank.',
  )
}

export function otherEvents(): Issue {
  return noted(
    'import/other-events',
    'lines of a conversation',
    'the tokens an answer used',
    'Only counts are read; what was written is not kept.',
  )
}

export function metricsNotRead(names: readonly string[]): Issue {
  return noted(
    'import/metrics-not-read',
    names.slice(0, 10).join(', '),
    'metrics of tokens or cost',
    'They state no use and are not read; there is nothing to do.',
  )
}

export function alertsNoIncidents(): Issue {
  return noted(
    'import/alerts-no-incidents',
    'alerts below P1 and P2, or without a priority',
    'incidents that woke somebody',
    'They are left out, counted as blank. Export incidents, or alerts with their priority.',
  )
}

export function lastDayPartial(day: Day): Issue {
  return noted(
    'import/last-day-partial',
    `${nameDay(day)}, a day that was not over when this was read`,
    'whole days',
    'Its numbers are still growing: import the export again tomorrow, and the day is completed.',
  )
}

export function currencyNotStated(): Issue {
  return noted(
    'import/currency-not-stated',
    undefined,
    'the currency of the amounts',
    "They count in the workbook's currency unless you choose one.",
  )
}
