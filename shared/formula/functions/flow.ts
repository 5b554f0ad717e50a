import { entriesOf, type FunctionEntry, MANY } from './function-entry.ts'

const entry = entriesOf('flow')

/** Closed forms of queues and batches. */
export const FLOW: readonly FunctionEntry[] = [
  entry(
    'erlangc',
    'erlangc(servers, load)',
    2,
    2,
    'ratio',
    'erlangc(2, 1.5)',
    'Chance that an arrival must wait (Erlang C); load = arrivals times service time, below the number of servers. 0.6429 in the example.',
  ),
  entry(
    'queuewait',
    'queuewait(arrivals, service, servers, ca2 = 1, cs2 = 1)',
    3,
    5,
    'second',
    'queuewait(4, 0.5, 3)',
    'Mean wait before service (Allen-Cunneen), in the unit of the service time; ca2 and cs2 are squared coefficients of variation. Undefined when arrivals exceed capacity.',
  ),
  entry(
    'batchdays',
    'batchdays(n, rework, failure, capacity, mean, …)',
    5,
    MANY,
    'days',
    'batchdays(250, 15%, 5%, 6, 0.4, 2, 0.1)',
    'Days to bring n changes through stages given as pairs: how many at once, mean days each. Bottleneck time plus the tail of reworked ones.',
  ),
]
