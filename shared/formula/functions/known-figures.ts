import { entriesOf, type FunctionEntry } from './function-entry.ts'

const entry = entriesOf('known figures')

/** What is found out before the model is compiled: prices, actuals and metrics. */
export const KNOWN_FIGURES: readonly FunctionEntry[] = [
  entry(
    'lookup',
    'lookup("model", "tokens" = "input")',
    1,
    2,
    'own',
    'lookup("claude-opus-4-5", "output")',
    'What one token of a model costs in each month, as on its first day: own prices before the list. Tokens: input, output, cache read, cache write (5 minutes) or cache write 1h. A model without a price, or with one in another currency than the plan’s, is an error, never 0.',
  ),
  entry(
    'actual',
    'actual(row)',
    1,
    1,
    'own',
    "iferror(actual('Agent pilot'), 12k)",
    'What was spent in each month on an initiative, or on a budget line that is the only one of its initiative, from imported bills and usage; in the month under way, as far as imports reach. Months without imports have no value.',
  ),
  entry(
    'history',
    'history("metric")',
    1,
    1,
    'own',
    'history("Cycle time")',
    'What a metric came to over its last 28 days that can be judged, by the name the metrics page gives it. Shares count as %, durations in h. A metric that cannot be measured has no value, and its reason is told.',
  ),
]
