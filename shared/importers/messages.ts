import type { Day } from '../calendar/index.ts'
import type { Issue } from '../issues/index.ts'

export function unknownFormat(said: string): Issue {
  return stopped(
    'import/unknown-format',
    said,
    'a file of a known layout',
    'Name the columns yourself (--map date=… and so on), or choose its format (--as).',
  )
}

export function unknownFormatId(id: string, known: readonly string[]): Issue {
  return stopped('import/unknown-format-id', id, `one of ${known.join(', ')}`, 'Choose one of these.')
}

export function wrongFormat(name: string, wants: string, said: string): Issue {
  return stopped(
    'import/wrong-format',
    said,
    `${wants}, as ${name} has`,
    'Choose another format, or let it be recognised.',
  )
}

export function cancelled(): Issue {
  return {
    code: 'import/cancelled',
    wanted: 'the import to run to its end',
    did: 'stopped',
    can: 'Drop the file again to start over.',
  }
}

export function tooManyRows(most: number): Issue {
  return {
    code: 'import/too-many-rows',
    said: `more than ${most.toLocaleString('en-US')} records`,
    wanted: `at most ${most.toLocaleString('en-US')} records in one file`,
    did: 'stopped',
    can: 'Export shorter periods, or add the rows up where they are kept (docs/scale.md) and import the sums.',
  }
}

export function noHeader(said: string): Issue {
  return stopped(
    'import/no-header',
    said,
    'a first row of column names',
    'Add a row with names above the data; the first data row is never taken for names.',
  )
}

export function headerFurtherDown(line: number, said: string): Issue {
  return stopped(
    'import/header-further-down',
    said,
    'the column names in the first row',
    `They seem to stand on line ${line}: confirm with header line ${line}.`,
  )
}

export function duplicateHeader(name: string): Issue {
  return stopped(
    'import/duplicate-header',
    name,
    'one column of each name',
    'Name the columns to use; when two share a name, rename one in the file.',
  )
}

export function headerShorter(header: number, data: number): Issue {
  return stopped(
    'import/header-shorter',
    `${header} names over ${data} columns`,
    'a name over every column',
    'Add the missing names to the header row.',
  )
}

export function noSuchColumn(fact: string, header: string): Issue {
  return stopped(
    'import/no-such-column',
    `${fact}=${header}`,
    'a header that stands in the file once',
    'Write the header as it stands in the file.',
  )
}

export function unknownFactColumn(name: string, known: readonly string[]): Issue {
  return stopped('import/unknown-fact-column', name, `one of ${known.join(', ')}`, 'Choose one of these.')
}

export function needsDecimalMark(column: string, said: string): Issue {
  return {
    ...stopped(
      'import/decimal-mark-ambiguous',
      said,
      'to know which mark splits decimals: values could differ a thousandfold',
      "Choose this file's decimal mark.",
    ),
    where: { column },
  }
}

export function needsDayOrder(column: string, said: string): Issue {
  return {
    ...stopped(
      'import/day-order-ambiguous',
      said,
      'to know whether day or month comes first',
      "Choose this file's order of day and month.",
    ),
    where: { column },
  }
}

export function mixedDayOrder(column: string, said: string): Issue {
  return {
    ...stopped(
      'import/day-order-mixed',
      said,
      'one order of day and month in the whole column',
      'Choose the order; rows of the other order are then kept aside.',
    ),
    where: { column },
  }
}

export function numbersAsDates(column: string, said: string): Issue {
  return {
    ...stopped(
      'import/numbers-in-date-column',
      said,
      'dates such as 2026-02-01',
      'Write the column as dates: a bare number may count days, seconds or milliseconds.',
    ),
    where: { column },
  }
}

export function tooFewCells(said: number, wanted: number): Issue {
  return aside(
    'import/too-few-cells',
    `${said} cells`,
    `${wanted} cells, one for each column`,
    'The row may be cut off: export it again.',
  )
}

export function tooManyCells(said: number, wanted: number): Issue {
  return aside(
    'import/too-many-cells',
    `${said} cells`,
    `${wanted} cells, one for each column`,
    'Put quotes around cells that hold the mark between columns, such as a comma, and import again.',
  )
}

export function repeatedHeader(): Issue {
  return aside(
    'import/repeated-header',
    'the column names once more',
    'a record',
    'Nothing to do: files were joined here.',
  )
}

export function missing(what: string): Issue {
  return aside(
    'import/missing',
    undefined,
    what,
    'Export it with this filled in, or fill it in the file, and import again.',
  )
}

export function notACount(said: string): Issue {
  return aside('import/not-a-count', said, 'a whole number of 0 or more', 'Repair the cell and import again.')
}

export function notAnAmount(said: string): Issue {
  return aside('import/not-an-amount', said, 'a plain amount of money', 'Repair the cell, or choose the decimal mark.')
}

export function amountOutOfRange(said: string): Issue {
  return aside(
    'import/amount-out-of-range',
    said,
    'an amount below 9.2 thousand million',
    'Check the cell: larger amounts cannot be kept exactly.',
  )
}

export function notADay(said: string): Issue {
  return aside(
    'import/not-a-date',
    said,
    'a date from 1970 to 2199, such as 2026-02-01',
    'A total row needs nothing; otherwise repair the cell.',
  )
}

export function notATime(said: string): Issue {
  return aside(
    'import/not-a-time',
    said,
    'a time with its zone, such as 2026-02-01T09:30:00Z',
    'Choose the zone of the file (--timezone), or repair the cell.',
  )
}

export function notOneOf(said: string, words: readonly string[]): Issue {
  return aside('import/not-one-of', said, `one of ${words.join(', ')}`, 'Repair the cell and import again.')
}

export function totalMismatch(said: string, sum: number): Issue {
  return aside(
    'import/total-mismatch',
    said,
    `the sum of the token columns, ${sum}`,
    'Look at the row in the tool: its parts do not add up.',
  )
}

export function badRecord(said: string, wanted: string): Issue {
  return aside('import/bad-record', said, wanted, 'Export the file again; the record may be cut off.')
}

export function maybeTruncated(rows: number): Issue {
  return noted(
    'import/maybe-truncated',
    `exactly ${rows} records`,
    'all records: this is a usual limit of exports',
    'Check that the export was not cut at its limit.',
  )
}

type Counts = 'this' | 'that' | 'both'

const DECIDED: Readonly<Record<Counts, string>> = {
  this: 'You chose this file: the other does not count over these days.',
  that: 'You chose the other file: this one does not count over these days.',
  both: 'You chose to count both.',
}

export function overlapWithoutMatch(fileName: string, choice: Counts | undefined): Issue {
  return noted(
    'import/overlap-without-match',
    `the same days as ${fileName}, and not one record of it`,
    'days that no other file of this kind covers, or records that it knows',
    choice === undefined
      ? 'When both are of one account, a changed layout counts its use twice: choose which of them counts over these days (--overlap).'
      : DECIDED[choice],
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

export function currencyNotStated(): Issue {
  return noted(
    'import/currency-not-stated',
    undefined,
    'the currency of the amounts',
    "They count in the workbook's currency unless you choose one.",
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

export function notFirstParent(inner: number): Issue {
  return noted(
    'import/not-first-parent',
    `${inner} commits that a merge brought in`,
    'one record for each landing',
    'Export again with --first-parent, else inner commits count as landings.',
  )
}

export function columnsNotUsed(names: readonly string[]): Issue {
  return noted(
    'import/columns-not-used',
    names.join(', '),
    'columns whose meaning is known',
    'They are kept with each row and not counted. Map them yourself if they state tokens or money.',
  )
}

export function unknownJson(said: string): Issue {
  return stopped(
    'import/unknown-format',
    said,
    'JSON of a known shape: usage and cost as a vendor’s API gives it, pull requests, issues, deployments, incidents',
    'Save the pages of the API as they come, or the output of gh pr list --json.',
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

export function needsRepository(of: string): Issue {
  return stopped(
    'import/repository-needed',
    `${of} without the name of their repository`,
    'to know which repository they are of, written as in the file that lists its changes',
    'Say the repository (--repository), such as gitlab.com/group/name.',
  )
}

export function needsZone(column: string, said: string): Issue {
  return {
    ...stopped(
      'import/zone-needed',
      said,
      'the zone of times that are written without one',
      'Choose the zone the exporting account was set to (--timezone).',
    ),
    where: { column },
  }
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

function stopped(code: Issue['code'], said: string, wanted: string, can: string): Issue {
  return { code, said, wanted, did: 'stopped', can }
}

function aside(code: Issue['code'], said: string | undefined, wanted: string, can: string): Issue {
  return { code, ...(said === undefined ? {} : { said }), wanted, did: 'kept-aside', can }
}

function noted(code: Issue['code'], said: string | undefined, wanted: string, can: string): Issue {
  return { code, ...(said === undefined ? {} : { said }), wanted, did: 'noted', can }
}

export function sameUseTwice(what: string, fileName: string, choice: Counts | undefined): Issue {
  return noted(
    'import/same-money-twice',
    `${what}, over days that ${fileName} covers in another layout`,
    'each use in one file',
    choice === undefined
      ? 'When both are of one account its use counts twice: choose which of them counts over these days (--overlap).'
      : DECIDED[choice],
  )
}

export function maybePart(what: string, fileName: string, choice: Counts | undefined): Issue {
  return noted(
    'import/maybe-part',
    `${what}, over days of which ${fileName} states the use of the same vendor`,
    'each use in one file',
    choice === undefined
      ? 'Whoever works by key is in both, and their tokens count twice: choose which counts over these days (--overlap). By seat, both are right.'
      : DECIDED[choice],
  )
}

export function enriches(what: string, fileName: string): Issue {
  return noted(
    'import/tokens-and-cost',
    `tokens and cost of ${what}, with ${fileName}`,
    'to count its money once',
    'The cost counts and the tokens explain it; nothing is added up.',
  )
}

export function restatesPeriod(
  fileName: string,
  { from, to }: { readonly from: Day; readonly to: Day },
  counts: Counts,
  { again, gone }: { readonly again: number; readonly gone: number },
): Issue {
  const days = from === to ? from : `${from} to ${to}`
  const rows = `${again} of its rows ${again === 1 ? 'is' : 'are'} here too, ${gone} ${gone === 1 ? 'is' : 'are'} not`
  const fate: Readonly<Record<Counts, string>> = {
    this: `This file states these days anew: what ${fileName} says of them does not count while this file is there (--overlap both counts both).`,
    that: `${fileName} is the later statement: over these days it counts, and this file does not (--overlap this turns that round).`,
    both: 'You chose to count both: rows that are in both count once.',
  }
  return noted('import/restates-period', `${days} of ${fileName}: ${rows}`, 'one statement of a period', fate[counts])
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
    'Requests are counted; seconds, images, bytes and sessions are not. Import the costs for their money.',
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

export function needsDays(what: string): Issue {
  return stopped(
    'import/days-needed',
    `${what} without a date`,
    'the days they are the total of',
    'Say the first and the last day that were chosen for the export (--days 2026-02-01..2026-02-28).',
  )
}

export function daysOverlap(fileName: string, { from, to }: { readonly from: Day; readonly to: Day }): Issue {
  return stopped(
    'import/days-overlap',
    `some of the days of ${fileName}, ${from} to ${to}`,
    'days no other such total covers, or the same days as a whole',
    'Export days that do not overlap, or take the other file back first.',
  )
}

export function totalOfDays(): Issue {
  return noted(
    'import/total-of-days',
    'totals without dates',
    'a date on each row',
    'They count on the last of the days you named. Export each month by itself, so that months stay apart.',
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

export function notNeededFile(what: string, instead: string): Issue {
  return stopped('import/not-needed', what, 'something that happened', instead)
}

export function alertsNoIncidents(): Issue {
  return noted(
    'import/alerts-no-incidents',
    'alerts below P1 and P2, or without a priority',
    'incidents that woke somebody',
    'They are left out, counted as blank. Export incidents, or alerts with their priority.',
  )
}

export function columnsNeeded(said: string, lacking: readonly string[]): Issue {
  return stopped(
    'import/columns-needed',
    said,
    `columns for ${lacking.join(', ')}`,
    `Name the columns that say so (--map ${lacking[0]!}="…").`,
  )
}

export function lastDayPartial(day: Day): Issue {
  return noted(
    'import/last-day-partial',
    `${day}, a day that was not over when this was read`,
    'whole days',
    'Its numbers are still growing: import the export again tomorrow, and the day is completed.',
  )
}
