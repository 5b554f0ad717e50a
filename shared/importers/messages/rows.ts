import type { Issue } from '../../issues/index.ts'
import { aside } from './issue-forms.ts'

/* Why a row is kept aside. */

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
