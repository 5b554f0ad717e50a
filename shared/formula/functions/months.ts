import { entriesOf, type FunctionEntry } from './function-entry.ts'

const entry = entriesOf('months')

/** What looks along the months of a row. */
export const MONTHS: readonly FunctionEntry[] = [
  entry('cumulate', 'cumulate(row)', 1, 1, 'first', 'cumulate(Net)', 'Running total from the first month.'),
  entry(
    'prev',
    'prev(row, start = 0)',
    1,
    2,
    'same',
    'max(0, prev(Backlog) + Arrivals - Capacity)',
    'The month before; `start` before the first. A row may name itself here.',
  ),
  entry(
    'lag',
    'lag(row, months, start = 0)',
    2,
    3,
    'first',
    'lag(Deployed, 2)',
    'The value that many months earlier; `start` before the first.',
  ),
  entry(
    'shift',
    'shift(row, months)',
    2,
    2,
    'first',
    'shift(Cost, 1)',
    'The row moved later by that many months; a negative number moves it earlier. 0 where nothing is moved in.',
  ),
  entry('first', 'first(row)', 1, 1, 'first', 'first(Cost)', 'Its first month.'),
  entry('last', 'last(row)', 1, 1, 'first', 'last(cumulate(Net))', 'Its last month.'),
  entry(
    'month',
    'month(x)',
    1,
    1,
    'ratio',
    'month(2026-10)',
    'The calendar month 1 to 12 of a month. Without brackets, `month` is the month of each column.',
  ),
  entry('year', 'year(x)', 1, 1, 'ratio', 'year(month)', 'The calendar year of a month.'),
  entry('quarter', 'quarter(x)', 1, 1, 'ratio', 'quarter(month)', 'The calendar quarter 1 to 4 of a month.'),
  entry(
    'monthsbetween',
    'monthsbetween(from, to)',
    2,
    2,
    'months',
    'monthsbetween(2026-10, month)',
    'Months from one month to another.',
  ),
  entry(
    'growth',
    'growth(row) or growth(start, rate)',
    1,
    2,
    'own',
    'growth(100, 5%)',
    'One argument: change from the month before as a share, undefined in the first month. Two: a series growing by the rate each month.',
  ),
]
