/** How a function's result is measured. */
export type UnitRule =
  /** All arguments meet in one unit, which is the result's. */
  | 'same'
  /** The first argument's unit. */
  | 'first'
  /** The second argument's unit. */
  | 'second'
  /** Arguments after the first meet; the result is theirs. */
  | 'same after first'
  | 'ratio'
  | 'months'
  | 'month'
  | 'days'
  /** Worked out by the compiler: `sqrt`, `power`, `each`, `switch`, `discrete`, `growth`, `pmt`. */
  | 'own'

export type FunctionGroup =
  'arithmetic' | 'logic' | 'months' | 'money' | 'chance' | 'statistics' | 'flow' | 'known figures'

export interface FunctionEntry {
  readonly name: string
  readonly signature: string
  /** Fewest and most unnamed arguments. */
  readonly least: number
  readonly most: number
  /** Arguments that are given by name, such as `share: 30%`. */
  readonly named: readonly string[]
  readonly unit: UnitRule
  readonly group: FunctionGroup
  readonly example: string
  readonly doc: string
}

const MANY = 250

/** The one table of the language's functions: the compiler, help, completion and the reference page read it. */
export const FUNCTIONS: readonly FunctionEntry[] = [
  entry(
    'arithmetic',
    'sum',
    'sum(row) or sum(a, b, …)',
    1,
    MANY,
    'same',
    'sum(Cost[2026-10..2026-12])',
    'One argument: its total over the months. Several: added month by month.',
  ),
  entry(
    'arithmetic',
    'avg',
    'avg(row) or avg(a, b, …)',
    1,
    MANY,
    'same',
    'avg(Cost)',
    'One argument: its mean over the months. Several: their mean, month by month.',
  ),
  entry(
    'arithmetic',
    'min',
    'min(row) or min(a, b, …)',
    1,
    MANY,
    'same',
    'min(Capacity, Demand)',
    'One argument: its smallest month. Several: the smallest, month by month.',
  ),
  entry(
    'arithmetic',
    'max',
    'max(row) or max(a, b, …)',
    1,
    MANY,
    'same',
    'max(0, Demand - Capacity)',
    'One argument: its largest month. Several: the largest, month by month.',
  ),
  entry('arithmetic', 'abs', 'abs(x)', 1, 1, 'first', 'abs(Variance)', 'The size without its sign.'),
  entry(
    'arithmetic',
    'round',
    'round(x, digits = 0)',
    1,
    2,
    'first',
    'round(2.5)',
    'Rounds halves away from zero, as Excel does; digits may be negative.',
  ),
  entry('arithmetic', 'roundup', 'roundup(x, digits = 0)', 1, 2, 'first', 'roundup(2.1)', 'Rounds away from zero.'),
  entry('arithmetic', 'rounddown', 'rounddown(x, digits = 0)', 1, 2, 'first', 'rounddown(2.9)', 'Rounds toward zero.'),
  entry('arithmetic', 'int', 'int(x)', 1, 1, 'first', 'int(-2.5)', 'The whole number at or below x: int(-2.5) is -3.'),
  entry(
    'arithmetic',
    'mod',
    'mod(x, divisor)',
    2,
    2,
    'first',
    'mod(-1, 3)',
    'The rest, with the sign of the divisor: mod(-1, 3) is 2.',
  ),
  entry('arithmetic', 'exp', 'exp(x)', 1, 1, 'ratio', 'exp(1)', 'e to the power x.'),
  entry('arithmetic', 'ln', 'ln(x)', 1, 1, 'ratio', 'ln(10)', 'Natural logarithm; undefined at 0 and below.'),
  entry('arithmetic', 'log10', 'log10(x)', 1, 1, 'ratio', 'log10(1000)', 'Logarithm to base 10.'),
  entry('arithmetic', 'sqrt', 'sqrt(x)', 1, 1, 'own', 'sqrt(16)', 'Square root; undefined below 0.'),
  entry('arithmetic', 'power', 'power(x, y)', 2, 2, 'own', 'power(2, 10)', 'x to the power y, the same as x ^ y.'),
  entry('arithmetic', 'sign', 'sign(x)', 1, 1, 'ratio', 'sign(-3)', '1, 0 or -1.'),
  entry(
    'logic',
    'if',
    'if(condition, then, else = 0)',
    2,
    3,
    'same after first',
    'if(month >= 2026-12, 5, 0)',
    'The second value where the condition holds, else the third.',
  ),
  entry('logic', 'and', 'and(a, b, …)', 1, MANY, 'ratio', 'and(1 < 2, 2 < 3)', '1 where all hold, else 0.'),
  entry('logic', 'or', 'or(a, b, …)', 1, MANY, 'ratio', 'or(1 > 2, 2 < 3)', '1 where any holds, else 0.'),
  entry('logic', 'not', 'not(a)', 1, 1, 'ratio', 'not(1 > 2)', '1 where a does not hold.'),
  entry(
    'logic',
    'iferror',
    'iferror(x, instead)',
    2,
    2,
    'same',
    'iferror(1 / 0, 0)',
    'The second value wherever the first is undefined.',
  ),
  entry(
    'logic',
    'choose',
    'choose(index, a, b, …)',
    2,
    MANY,
    'same after first',
    'choose(2, 10, 20, 30)',
    'The first, second, … value by a number from 1.',
  ),
  entry(
    'logic',
    'switch',
    'switch(x, case, value, …, otherwise)',
    3,
    MANY,
    'own',
    'switch(2, 1, 10, 2, 20, 0)',
    'The value beside the first case that equals x.',
  ),
  entry('months', 'cumulate', 'cumulate(row)', 1, 1, 'first', 'cumulate(Net)', 'Running total from the first month.'),
  entry(
    'months',
    'prev',
    'prev(row, start = 0)',
    1,
    2,
    'same',
    'max(0, prev(Backlog) + Arrivals - Capacity)',
    'The month before; `start` before the first. A row may name itself here.',
  ),
  entry(
    'months',
    'lag',
    'lag(row, months, start = 0)',
    2,
    3,
    'first',
    'lag(Deployed, 2)',
    'The value that many months earlier; `start` before the first.',
  ),
  entry(
    'months',
    'shift',
    'shift(row, months)',
    2,
    2,
    'first',
    'shift(Cost, 1)',
    'The row moved later by that many months; a negative number moves it earlier. 0 where nothing is moved in.',
  ),
  entry('months', 'first', 'first(row)', 1, 1, 'first', 'first(Cost)', 'Its first month.'),
  entry('months', 'last', 'last(row)', 1, 1, 'first', 'last(cumulate(Net))', 'Its last month.'),
  entry(
    'months',
    'month',
    'month(x)',
    1,
    1,
    'ratio',
    'month(2026-10)',
    'The calendar month 1 to 12 of a month. Without brackets, `month` is the month of each column.',
  ),
  entry('months', 'year', 'year(x)', 1, 1, 'ratio', 'year(month)', 'The calendar year of a month.'),
  entry('months', 'quarter', 'quarter(x)', 1, 1, 'ratio', 'quarter(month)', 'The calendar quarter 1 to 4 of a month.'),
  entry(
    'months',
    'monthsbetween',
    'monthsbetween(from, to)',
    2,
    2,
    'months',
    'monthsbetween(2026-10, month)',
    'Months from one month to another.',
  ),
  entry(
    'months',
    'growth',
    'growth(row) or growth(start, rate)',
    1,
    2,
    'own',
    'growth(100, 5%)',
    'One argument: change from the month before as a share, undefined in the first month. Two: a series growing by the rate each month.',
  ),
  entry(
    'money',
    'npv',
    'npv(rate, flow, …)',
    2,
    MANY,
    'second',
    'npv(10%, -10000, 3000, 4200, 6800)',
    'Present value; as in Excel the first flow is one period away. 1188.44 in the example.',
  ),
  entry(
    'money',
    'xnpv',
    'xnpv(rate, flow, dates = months)',
    2,
    3,
    'second',
    'xnpv(10%, Net)',
    'Present value at a yearly rate by days from the first date, whose flow is not discounted (days / 365). `dates` is a row of months; the first of each counts.',
  ),
  entry(
    'money',
    'irr',
    'irr(flow, …)',
    1,
    MANY,
    'ratio',
    'irr(-70000, 12000, 15000, 18000, 21000, 26000)',
    'Rate per period at which the present value is 0; 8.66% in the example.',
    ['guess'],
  ),
  entry('money', 'xirr', 'xirr(flow, dates = months)', 1, 2, 'ratio', 'xirr(Net)', 'Yearly rate at which xnpv is 0.', [
    'guess',
  ]),
  entry(
    'money',
    'pmt',
    'pmt(rate, periods, present, future = 0, type = 0)',
    3,
    5,
    'own',
    'pmt(1%, 12, 10000)',
    'The even payment that repays a loan; negative when `present` is received.',
  ),
  entry(
    'money',
    'sln',
    'sln(cost, salvage, life)',
    3,
    3,
    'first',
    'sln(36000, 0, 36)',
    'Straight-line depreciation per period.',
  ),
  entry(
    'money',
    'payback',
    'payback(cumulated)',
    1,
    1,
    'months',
    'payback(cumulate(Net))',
    'Months until a running total that went below 0 is back at 0, between month ends by straight line; undefined when it never is, 0 when it never went below.',
  ),
  entry('chance', 'normal', 'normal(mean, sd)', 2, 2, 'same', 'normal(8, 1.5)', 'Bell-shaped.'),
  entry(
    'chance',
    'lognormal',
    'lognormal(mean, sd)',
    2,
    2,
    'same',
    'lognormal(40, 30)',
    'Positive with a long right tail; mean and sd are of the value itself, both above 0.',
  ),
  entry(
    'chance',
    'uniform',
    'uniform(low, high)',
    2,
    2,
    'same',
    'uniform(0, 10)',
    'Every value between equally likely.',
  ),
  entry(
    'chance',
    'triangular',
    'triangular(low, likely, high)',
    3,
    3,
    'same',
    'triangular(1, 2, 6)',
    'Hard ends and a most likely value.',
  ),
  entry(
    'chance',
    'pert',
    'pert(low, likely, high)',
    3,
    3,
    'same',
    'pert(1, 2, 6)',
    'Hard ends, most likely value, smoother than a triangle (Beta-PERT, weight 4).',
  ),
  entry('chance', 'beta', 'beta(a, b)', 2, 2, 'ratio', 'beta(8, 2)', 'A share between 0 and 1 with mean a / (a + b).'),
  entry(
    'chance',
    'gamma',
    'gamma(shape, scale)',
    2,
    2,
    'second',
    'gamma(2, 10)',
    'Positive, with mean shape times scale.',
  ),
  entry(
    'chance',
    'poisson',
    'poisson(mean)',
    1,
    1,
    'first',
    'poisson(4)',
    'How often a rare thing happens. Drawn anew in every month when the mean has months.',
  ),
  entry(
    'chance',
    'bernoulli',
    'bernoulli(chance)',
    1,
    1,
    'ratio',
    'bernoulli(30%)',
    '1 with this chance, else 0. Drawn anew in every month when the chance has months.',
  ),
  entry(
    'chance',
    'binomial',
    'binomial(tries, chance)',
    2,
    2,
    'first',
    'binomial(250, 72%)',
    'Successes of that many tries. Drawn anew in every month when an argument has months.',
  ),
  entry(
    'chance',
    'discrete',
    'discrete(value, weight, …)',
    2,
    MANY,
    'own',
    'discrete(1, 70%, 2, 20%, 5, 10%)',
    'One of the values; weights are scaled to add up to 1.',
  ),
  entry(
    'chance',
    'from',
    "from('source'.column)",
    1,
    1,
    'own',
    "from('PR history'.ci_h)",
    'Drawn from imported history: whole rows from 50 observations up, below that the next value by log-Student-t.',
  ),
  entry(
    'chance',
    'each',
    'each(n, range, share: 0%)',
    2,
    2,
    'own',
    'each(250, 12M to 70M)',
    'The sum of n separate draws of a range or of a row that is one. `share` is the correlation between any two of them.',
    ['share'],
  ),
  entry(
    'statistics',
    'p',
    'p(condition)',
    1,
    1,
    'ratio',
    'p(Cost < 10k)',
    'The odds of a condition: the share of samples in which it holds; undefined samples do not.',
  ),
  entry('statistics', 'mean', 'mean(x)', 1, 1, 'first', 'mean(Cost)', 'Mean over the samples that have a value.'),
  entry('statistics', 'sd', 'sd(x)', 1, 1, 'first', 'sd(Cost)', 'Standard deviation over samples.'),
  ...[5, 10, 25, 50, 75, 90, 95].map((share) =>
    entry(
      'statistics',
      `p${share}`,
      `p${share}(x)`,
      1,
      1,
      'first',
      `p${share}(Cost)`,
      `The value that ${share}% of samples are at or below.`,
    ),
  ),
  entry(
    'flow',
    'erlangc',
    'erlangc(servers, load)',
    2,
    2,
    'ratio',
    'erlangc(2, 1.5)',
    'Chance that an arrival must wait (Erlang C); load = arrivals times service time, below the number of servers. 0.6429 in the example.',
  ),
  entry(
    'flow',
    'queuewait',
    'queuewait(arrivals, service, servers, ca2 = 1, cs2 = 1)',
    3,
    5,
    'second',
    'queuewait(4, 0.5, 3)',
    'Mean wait before service (Allen-Cunneen), in the unit of the service time; ca2 and cs2 are squared coefficients of variation. Undefined when arrivals exceed capacity.',
  ),
  entry(
    'flow',
    'batchdays',
    'batchdays(n, rework, failure, capacity, mean, …)',
    5,
    MANY,
    'days',
    'batchdays(250, 15%, 5%, 6, 0.4, 2, 0.1)',
    'Days to bring n changes through stages given as pairs: how many at once, mean days each. Bottleneck time plus the tail of reworked ones.',
  ),
  entry(
    'known figures',
    'lookup',
    'lookup("model", "tokens" = "input")',
    1,
    2,
    'own',
    'lookup("claude-opus-4-5", "output")',
    'What one token of a model costs in each month, as on its first day: own prices before the list. Tokens: input, output, cache read, cache write (5 minutes) or cache write 1h. A model without a price, or with one in another currency than the plan’s, is an error, never 0.',
  ),
  entry(
    'known figures',
    'actual',
    'actual(row)',
    1,
    1,
    'own',
    "iferror(actual('Agent pilot'), 12k)",
    'What was spent in each month on an initiative, or on a budget line that is the only one of its initiative, from imported bills and usage. Months without imports have no value.',
  ),
  entry(
    'known figures',
    'history',
    'history("metric")',
    1,
    1,
    'own',
    'history("Cycle time")',
    'What a metric came to over its last 28 days that can be judged, by the name the metrics page gives it. Shares count as %, durations in h. A metric that cannot be measured has no value, and its reason is told.',
  ),
]

const BY_NAME: ReadonlyMap<string, FunctionEntry> = new Map(FUNCTIONS.map((each) => [each.name, each]))

export function functionNamed(name: string): FunctionEntry | null {
  return BY_NAME.get(name) ?? (name === 'average' ? BY_NAME.get('avg')! : null)
}

/** The nearest of some names by edits, within a third of the length; null when none is near. */
export function nearestName(wanted: string, names: Iterable<string>): string | null {
  const target = wanted.toLowerCase()
  let best: string | null = null
  let least = Math.max(1, Math.floor(target.length / 3)) + 1
  for (const name of names) {
    if (Math.abs(name.length - target.length) >= least) continue
    const distance = editsBetween(target, name.toLowerCase())
    if (distance < least) [best, least] = [name, distance]
  }
  return best
}

function entry(
  group: FunctionGroup,
  name: string,
  signature: string,
  least: number,
  most: number,
  unit: UnitRule,
  example: string,
  doc: string,
  named: readonly string[] = name === 'each' ? ['share'] : [],
): FunctionEntry {
  return { group, name, signature, least, most, unit, example, doc, named }
}

function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    }
    row = next
  }
  return row[b.length]!
}
