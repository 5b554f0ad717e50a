import { entriesOf, type FunctionEntry, MANY } from './function-entry.ts'

const entry = entriesOf('logic')

/** Choices and conditions. */
export const LOGIC: readonly FunctionEntry[] = [
  entry(
    'if',
    'if(condition, then, else = 0)',
    2,
    3,
    'same after first',
    'if(month >= 2026-12, 5, 0)',
    'The second value where the condition holds, else the third.',
  ),
  entry('and', 'and(a, b, …)', 1, MANY, 'ratio', 'and(1 < 2, 2 < 3)', '1 where all hold, else 0.'),
  entry('or', 'or(a, b, …)', 1, MANY, 'ratio', 'or(1 > 2, 2 < 3)', '1 where any holds, else 0.'),
  entry('not', 'not(a)', 1, 1, 'ratio', 'not(1 > 2)', '1 where a does not hold.'),
  entry(
    'iferror',
    'iferror(x, instead)',
    2,
    2,
    'same',
    'iferror(1 / 0, 0)',
    'The second value wherever the first is undefined.',
  ),
  entry(
    'choose',
    'choose(index, a, b, …)',
    2,
    MANY,
    'same after first',
    'choose(2, 10, 20, 30)',
    'The first, second, … value by a number from 1.',
  ),
  entry(
    'switch',
    'switch(x, case, value, …, otherwise)',
    3,
    MANY,
    'own',
    'switch(2, 1, 10, 2, 20, 0)',
    'The value beside the first case that equals x.',
  ),
]
