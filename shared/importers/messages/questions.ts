import type { Issue } from '../../issues/index.ts'
import { stopped } from './issue-forms.ts'

/* What the user is asked, or must set right in a table, before a file is read. */

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

export function needsDays(what: string): Issue {
  return stopped(
    'import/days-needed',
    `${what} without a date`,
    'the days they are the total of',
    'Say the first and the last day that were chosen for the export (--days 2026-02-01..2026-02-28).',
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

export function noHeader(said: string): Issue {
  return stopped(
    'import/no-header',
    said,
    'a first row of column names',
    'Add a row with names above the data; the first data row is never taken for names.',
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

export function columnsNeeded(said: string, lacking: readonly string[]): Issue {
  return stopped(
    'import/columns-needed',
    said,
    `columns for ${lacking.join(', ')}`,
    `Name the columns that say so (--map ${lacking[0]!}="…").`,
  )
}
