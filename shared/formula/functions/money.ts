import { entriesOf, type FunctionEntry, MANY } from './function-entry.ts'

const entry = entriesOf('money')

/** Present values, rates of return, loans and payback, with Excel’s conventions. */
export const MONEY: readonly FunctionEntry[] = [
  entry(
    'npv',
    'npv(rate, flow, …)',
    2,
    MANY,
    'second',
    'npv(10%, -10000, 3000, 4200, 6800)',
    'Present value; as in Excel the first flow is one period away. 1188.44 in the example.',
  ),
  entry(
    'xnpv',
    'xnpv(rate, flow, dates = months)',
    2,
    3,
    'second',
    'xnpv(10%, Net)',
    'Present value at a yearly rate by days from the first date, whose flow is not discounted (days / 365). `dates` is a row of months; the first of each counts.',
  ),
  entry(
    'irr',
    'irr(flow, …)',
    1,
    MANY,
    'ratio',
    'irr(-70000, 12000, 15000, 18000, 21000, 26000)',
    'Rate per period at which the present value is 0; 8.66% in the example.',
    ['guess'],
  ),
  entry('xirr', 'xirr(flow, dates = months)', 1, 2, 'ratio', 'xirr(Net)', 'Yearly rate at which xnpv is 0.', ['guess']),
  entry(
    'pmt',
    'pmt(rate, periods, present, future = 0, type = 0)',
    3,
    5,
    'own',
    'pmt(1%, 12, 10000)',
    'The even payment that repays a loan; negative when `present` is received.',
  ),
  entry(
    'sln',
    'sln(cost, salvage, life)',
    3,
    3,
    'first',
    'sln(36000, 0, 36)',
    'Straight-line depreciation per period.',
  ),
  entry(
    'payback',
    'payback(cumulated)',
    1,
    1,
    'months',
    'payback(cumulate(Net))',
    'Months until a running total that went below 0 is back at 0, between month ends by straight line; undefined when it never is, 0 when it never went below.',
  ),
]
