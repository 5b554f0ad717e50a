import type { Issue } from '../issues/index.ts'

export function unknownRow(name: string, nearest: string | null): Issue {
  return {
    code: 'scenario/unknown-row',
    said: name,
    wanted: 'the name of a row of this scenario or of the plan',
    did: 'stopped',
    can: nearest === null ? 'Look at the names with `template show`.' : `The nearest name is “${nearest}”.`,
  }
}

export function untoldCondition(): Issue {
  return {
    code: 'scenario/untold-condition',
    wanted: 'a condition on a number this scenario tells',
    did: 'stopped',
    can: 'Choose another condition.',
  }
}

export function unreadableSet(said: string): Issue {
  return {
    code: 'scenario/unreadable-set',
    said,
    wanted: 'a name and a formula with an equals sign between them, such as Services=120',
    did: 'stopped',
    can: "Write --set 'Services=120'.",
  }
}

export function brokenSet(name: string, formula: string, message: string): Issue {
  return {
    code: 'scenario/broken-formula',
    where: { at: name },
    said: formula,
    wanted: 'a formula',
    did: 'stopped',
    can: message,
  }
}

export function rowInError(name: string, code: string, message: string): Issue {
  return {
    code: 'scenario/row-in-error',
    where: { at: name },
    said: code,
    wanted: 'a row that can be computed',
    did: 'stopped',
    can: message,
  }
}

export function nothingToRun(): Issue {
  return {
    code: 'scenario/nothing-to-run',
    wanted: 'a scenario with rows of its own or a plan with budget lines',
    did: 'stopped',
    can: 'Start from a template, or plan a budget line first.',
  }
}

export function fewerSamples(drawn: number, asked: number): string {
  const [some, all] = [drawn, asked].map((count) => count.toLocaleString('en-US'))
  return `Drawn ${some} times instead of ${all}: the uncertain months of the plan would not fit into memory more often.`
}

export function stoppedEarly(done: number, of: number): Issue {
  return {
    code: 'scenario/stopped',
    said: `${done.toLocaleString('en-US')} of ${of.toLocaleString('en-US')} runs`,
    wanted: 'all runs',
    did: 'stopped',
    can: 'Run it again.',
  }
}
