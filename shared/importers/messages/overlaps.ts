import { type Day, namePeriod } from '../../calendar/index.ts'
import type { Issue } from '../../issues/index.ts'
import { noted, stopped } from './issue-forms.ts'

/* What is said where two files speak of the same days. */

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
  const rows = `${again} of its rows ${again === 1 ? 'is' : 'are'} here again, ${gone} ${gone === 1 ? 'is' : 'are'} not`
  const fate: Readonly<Record<Counts, string>> = {
    this: `This file states these days anew: what ${fileName} says of them does not count while this file is there (--overlap both counts both).`,
    that: `${fileName} is the later statement: over these days it counts, and this file does not (--overlap this turns that round).`,
    both: 'You chose to count both: rows that are in both count once.',
  }
  return noted(
    'import/restates-period',
    `${namePeriod(from, to)} in ${fileName} too (${rows})`,
    'each day of an account stated once',
    fate[counts],
  )
}

export function daysOverlap(fileName: string, { from, to }: { readonly from: Day; readonly to: Day }): Issue {
  return stopped(
    'import/days-overlap',
    `some of the days of ${fileName}, ${namePeriod(from, to)}`,
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
