import type { Day } from '../calendar/index.ts'
import type { Identified } from '../records/index.ts'
import { needsAssessment } from './messages.ts'
import type { MetricValue } from './types.ts'
import { unknown } from './value.ts'

/** What must be there before agents can do work that holds; each is judged by people, none can be computed. */
export const READINESS_ITEMS = ['docs', 'tools', 'context', 'evals', 'feedback'] as const
export type ReadinessItem = (typeof READINESS_ITEMS)[number]

export const READINESS_NAMES: Readonly<Record<ReadinessItem, { readonly name: string; readonly question: string }>> = {
  docs: {
    name: 'Documentation',
    question: 'Can somebody new change the system from what is written down inside it, without asking a person?',
  },
  tools: {
    name: 'Command line and tools',
    question: 'Can build, tests, deploys and data be reached by commands an agent can run and read?',
  },
  context: {
    name: 'Structured context',
    question: 'Are schemas, examples and constraints kept beside the code in a form that is handed to agents?',
  },
  evals: {
    name: 'Evaluation harnesses',
    question: 'Does something other than a reviewer say whether the work is right, and is it trusted?',
  },
  feedback: {
    name: 'Feedback loops',
    question: 'Are failures turned into a rule, a test or a document, so that the same one is not paid for again?',
  },
}

/** What each level means, 0 first. */
export const READINESS_LEVELS = ['Not there', 'Begun', 'Used by some', 'Used by most', 'Relied on everywhere'] as const
const HIGHEST_LEVEL = READINESS_LEVELS.length - 1

/** What somebody judged one item to be on a day. Assessments are never overwritten: the latest of an item holds. */
export interface Assessment extends Identified {
  readonly on: Day
  /** Team or repository it is about; empty = all of them. */
  readonly subject: string
  readonly item: ReadinessItem
  /** 0 … 4, see `READINESS_LEVELS`. */
  readonly level: number
  readonly assessedBy: string
  /** What the judgement rests on. */
  readonly note: string
}

export interface Readiness {
  /** Share of the highest level, mean of the items assessed; unknown when none is. */
  readonly value: MetricValue
  /** The assessment of each item that holds; `null` = never assessed, which is not level 0. */
  readonly items: Readonly<Record<ReadinessItem, Assessment | null>>
}

/**
 * The readiness of a subject as of a day: the latest assessment of each item, by its own subject or, where it has none, of
 * all subjects. Levels 4, 2 and 3 with two items never assessed: 0.75 with a coverage of 60%.
 */
export function readinessOf(assessments: readonly Assessment[], asOf: Day, subject = ''): Readiness {
  const latest = (item: ReadinessItem, of: string): Assessment | null =>
    assessments
      .filter((own) => own.item === item && own.subject === of && own.on <= asOf)
      .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.id < b.id ? -1 : 1))
      .at(-1) ?? null
  const items = Object.fromEntries(
    READINESS_ITEMS.map((item) => [item, latest(item, subject) ?? latest(item, '')]),
  ) as Record<ReadinessItem, Assessment | null>
  const held = READINESS_ITEMS.flatMap((item) => items[item] ?? [])
  if (held.length === 0) return { value: unknown(needsAssessment()), items }
  return {
    value: {
      known: true,
      value: held.reduce((sum, { level }) => sum + level, 0) / (held.length * HIGHEST_LEVEL),
      n: held.length,
      quality: 'estimate',
      coverage: held.length / READINESS_ITEMS.length,
      excluded: held.length < READINESS_ITEMS.length ? { 'never assessed': READINESS_ITEMS.length - held.length } : {},
      note: 'Judged by people, not measured.',
    },
    items,
  }
}
