import { FUNCTIONS } from '../formula/index.ts'

/** Functions over samples: their value is known after the run. */
export const STATISTICS = new Set(FUNCTIONS.filter((entry) => entry.group === 'statistics').map((entry) => entry.name))
/** Functions in which chance enters. */
export const DRAWS = new Set([
  'normal',
  'lognormal',
  'uniform',
  'triangular',
  'pert',
  'beta',
  'gamma',
  'poisson',
  'bernoulli',
  'binomial',
  'discrete',
  'from',
  'each',
])
/** Drawn anew in every month. */
export const EVENTS = new Set(['poisson', 'bernoulli', 'binomial'])
