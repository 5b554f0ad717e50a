import type { Issue } from '../issues/index.ts'

export function startIsTarget(target: number): Issue {
  return {
    code: 'okr/start-is-target',
    said: String(target),
    wanted: 'a start that differs from the target',
    did: 'stopped',
    can: 'To hold a level, choose keep above or keep below.',
  }
}

export function wrongWay(type: 'increase' | 'decrease', start: number, target: number): Issue {
  return {
    code: 'okr/wrong-way',
    said: `from ${start} to ${target}`,
    wanted: type === 'increase' ? 'a target above the start' : 'a target below the start',
    did: 'stopped',
    can: `Choose ${type === 'increase' ? 'decrease' : 'increase'}, or keep ${target < start ? 'below' : 'above'} to hold a level.`,
  }
}

export function wantsStart(): Issue {
  return {
    code: 'okr/no-start',
    wanted: 'the value at the start of the quarter',
    did: 'stopped',
    can: 'Enter the start.',
  }
}

export function wantsValue(): Issue {
  return {
    code: 'okr/no-value',
    wanted: 'a current value',
    did: 'noted',
    can: 'Check a value in, or import what the metric needs.',
  }
}

export function notANumber(value: number): Issue {
  return {
    code: 'okr/not-a-number',
    said: String(value),
    wanted: 'a number',
    did: 'kept-aside',
    can: 'Check the value in again.',
  }
}

export function wantsPeriods(): Issue {
  return {
    code: 'okr/no-periods',
    said: 'one value',
    wanted: 'a value per period',
    did: 'noted',
    can: 'Check a value in every week, or measure it.',
  }
}

export function noPeriods(): Issue {
  return {
    code: 'okr/no-period-known',
    wanted: 'at least one period with a value',
    did: 'noted',
    can: 'Check a value in, or import what the metric needs.',
  }
}

export function noKnownKeyResult(count: number): Issue {
  return {
    code: 'okr/nothing-known',
    said: `${count} key results`,
    wanted: 'at least one with a known score and a weight above zero',
    did: 'noted',
    can: 'Check a value in, or import what the metrics need.',
  }
}
