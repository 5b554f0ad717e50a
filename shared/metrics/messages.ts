import { type Day, nameDay, namePeriod } from '../calendar/index.ts'
import type { Issue } from '../issues/index.ts'
import type { Period } from './types.ts'

/** Why a metric is unknown, each with the import that would make it known. */

export function needsPullRequests(): Issue {
  return {
    code: 'metrics/needs-pull-requests',
    wanted: 'pull requests with their opening and merge times',
    did: 'noted',
    can: 'Import pull requests (gh pr list --json …); git alone does not know when a change was opened.',
  }
}

export function needsReviews(): Issue {
  return {
    code: 'metrics/needs-reviews',
    wanted: 'the reviews of pull requests',
    did: 'noted',
    can: 'Import pull requests with reviews (gh pr list --json …,reviews), or the notes of merge requests.',
  }
}

export function needsLandings(): Issue {
  return {
    code: 'metrics/needs-git-history',
    wanted: 'the landings of a repository with their files',
    did: 'noted',
    can: 'Import the git history of the default branch (git log --first-parent --numstat in the QD1 layout).',
  }
}

export function needsChanges(): Issue {
  return {
    code: 'metrics/needs-changes',
    wanted: 'merged pull requests or landings to divide by',
    did: 'noted',
    can: 'Import pull requests, or the git history of the default branch.',
  }
}

export function needsUsage(): Issue {
  return {
    code: 'metrics/needs-usage',
    wanted: 'AI usage with tokens',
    did: 'noted',
    can: 'Import a usage export of the AI tools the team uses.',
  }
}

export function needsUsageInPeriod({ from, to }: Period): Issue {
  return {
    code: 'metrics/no-usage-in-period',
    where: { at: namePeriod(from, to) },
    wanted: 'AI usage of these days',
    did: 'noted',
    can: 'Import the usage export that covers these days.',
  }
}

export function needsCost(): Issue {
  return {
    code: 'metrics/needs-cost',
    said: 'usage without any cost',
    wanted: 'a cost that is billed, listed, estimated or included',
    did: 'noted',
    can: 'Import a cost export, or a usage export with cost columns.',
  }
}

export function otherCurrency(found: readonly string[], wanted: string): Issue {
  return {
    code: 'metrics/other-currency',
    said: found.map((code) => (code === '' ? 'no currency' : code)).join(', '),
    wanted: `cost in ${wanted}`,
    did: 'noted',
    can: 'Set the currency of the workbook to that of the exports.',
  }
}

export function needsFeatures(marks: readonly string[]): Issue {
  return {
    code: 'metrics/no-features',
    said: 'no merged change marked as a feature',
    wanted: `a label or a title prefix out of ${marks.length === 0 ? 'the feature marks (none are set)' : marks.join(', ')}`,
    did: 'noted',
    can: 'Import pull requests with labels, or set the feature marks to the labels the team uses.',
  }
}

export function needsAgentMarks(): Issue {
  return {
    code: 'metrics/no-ai-marks',
    said: 'no pull request that bears the mark of an AI agent',
    wanted: 'pull requests marked by their author, their commits or their text',
    did: 'noted',
    can: 'Import pull requests with commits (gh pr list --json …,commits,body), or say under Data, People which accounts are agents of yours.',
  }
}

export function needsIncidents(): Issue {
  return {
    code: 'metrics/needs-incidents',
    wanted: 'incidents beside the deployments',
    did: 'noted',
    can: 'Import incidents (CSV with incident_id, service, started_at); no incident file is not the same as no incident.',
  }
}

export function needsProduction(imported: number): Issue {
  return {
    code: 'metrics/needs-production-deployments',
    said: `${imported} deployments, none in production`,
    wanted: 'deployments to an environment that counts as production',
    did: 'noted',
    can: 'Name the production environments in the settings.',
  }
}

export function needsDeployments(): Issue {
  return {
    code: 'metrics/needs-deployments',
    wanted: 'production deployments to hold failures against',
    did: 'noted',
    can: 'Import deployments (CSV with deployment_id, service, environment, commit_sha, finished_at, result) and incidents.',
  }
}

export function tooFew(n: number, fewest: number, ofWhat: string, can?: string): Issue {
  return {
    code: 'metrics/too-few',
    said: `${n} ${ofWhat}`,
    wanted: `at least ${fewest} for a number that means something`,
    did: 'noted',
    can: can ?? 'Look at a longer period, or import the sources that cover it.',
  }
}

/** The source speaks of other days only; `nearest` is the nearest of them. */
export function noneThen(ofWhat: string, isBefore: boolean, nearest: Day, { from, to }: Period): Issue {
  return {
    code: 'metrics/none-then',
    where: { at: namePeriod(from, to) },
    said: `${ofWhat} ${isBefore ? 'up to' : 'from'} ${nameDay(nearest)} only`,
    wanted: 'those of these days',
    did: 'noted',
    can: 'Import an export that covers these days, or look at a longer period.',
  }
}

export function notYet(lastDay: Day | null, lagDays: number, ofWhat: string): Issue {
  return {
    code: 'metrics/not-yet',
    said: `${ofWhat} up to ${lastDay === null ? 'no day' : nameDay(lastDay)}`,
    wanted: `data for ${lagDays} days after the period`,
    did: 'noted',
    can: 'Import again when the window has passed.',
  }
}

export function needsWorkItems(): Issue {
  return {
    code: 'metrics/needs-work-items',
    wanted: 'work items of a tracker',
    did: 'noted',
    can: 'Import the issues of Jira, Linear or Azure DevOps.',
  }
}

export function needsStatusHistory(): Issue {
  return {
    code: 'metrics/needs-status-history',
    said: 'work items without a history of their statuses',
    wanted: 'when each item moved from one status to the next',
    did: 'noted',
    can: 'Import issues with their change logs (Jira API with expand=changelog, or DevLake’s issue_changelogs).',
  }
}

export function needsPlannedMarks(): Issue {
  return {
    code: 'metrics/needs-planned-marks',
    said: 'deployments that do not say whether they were planned',
    wanted: 'a column is_unplanned of the deployments',
    did: 'noted',
    can: 'Export deployments with a mark for unplanned fixes (is_unplanned 1 or 0).',
  }
}

export function needsPricedTokens({ from, to }: Period): Issue {
  return {
    code: 'metrics/needs-priced-tokens',
    where: { at: namePeriod(from, to) },
    wanted: 'tokens by kind of models that have a list price',
    did: 'noted',
    can: 'Import a usage export that states tokens by kind, or name the price of the model.',
  }
}

export function needsLinks(): Issue {
  return {
    code: 'metrics/needs-links',
    said: 'no use of AI that can be linked to a shipped feature',
    wanted: 'usage with a person, branch or session that changes share',
    did: 'noted',
    can: 'Import usage exports with people or sessions, and say which accounts are one person.',
  }
}

export function nothingToDivideBy(whole: string): Issue {
  return {
    code: 'metrics/nothing-to-divide-by',
    said: `none: ${whole}`,
    wanted: 'something to divide by',
    did: 'noted',
    can: 'Look at a longer period.',
  }
}

export function noGroups(what: string, by: string): Issue {
  return {
    code: 'metrics/no-groups',
    said: `${what} by ${by}`,
    wanted: 'something that tells the cases apart',
    did: 'noted',
    can: 'Choose another dimension.',
  }
}

export function needsLinkableIncidents(): Issue {
  return {
    code: 'metrics/needs-linkable-incidents',
    said: 'incidents without a start, or of services nothing was deployed of',
    wanted: 'incidents and deployments that name the same services',
    did: 'noted',
    can: 'Import incidents with their start and service, named as the deployments name it.',
  }
}

export function needsAssessment(): Issue {
  return {
    code: 'metrics/needs-assessment',
    wanted: 'an assessment of the readiness checklist',
    did: 'noted',
    can: 'Assess the five items of the checklist; an item nobody judged is not level 0.',
  }
}

export function nothingImported(): Issue {
  return {
    code: 'metrics/nothing-imported',
    wanted: 'usage and delivery data',
    did: 'noted',
    can: 'Import usage exports, git history and pull requests.',
  }
}
