import { entriesOf, type FunctionEntry } from './function-entry.ts'

const entry = entriesOf('statistics')

/** What is told over the samples once all are drawn. */
export const STATISTICS: readonly FunctionEntry[] = [
  entry(
    'p',
    'p(condition)',
    1,
    1,
    'ratio',
    'p(Cost < 10k)',
    'The odds of a condition: the share of samples in which it holds; undefined samples do not.',
  ),
  entry('mean', 'mean(x)', 1, 1, 'first', 'mean(Cost)', 'Mean over the samples that have a value.'),
  entry('sd', 'sd(x)', 1, 1, 'first', 'sd(Cost)', 'Standard deviation over samples.'),
  ...[5, 10, 25, 50, 75, 90, 95].map((share) =>
    entry(
      `p${share}`,
      `p${share}(x)`,
      1,
      1,
      'first',
      `p${share}(Cost)`,
      `The value that ${share}% of samples are at or below.`,
    ),
  ),
]
