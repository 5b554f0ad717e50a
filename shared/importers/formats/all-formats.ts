import type { Format } from '../format.ts'
import { azurePulls } from './azure-pull-requests.ts'
import { azureWorkItems } from './azure-work-items.ts'
import { deployments } from './deployments.ts'
import { GENERIC_USAGE } from './generic-usage.ts'
import { ghPrList } from './gh-pr-list.ts'
import { gitBaseline } from './git-baseline.ts'
import { gitFuller } from './git-fuller.ts'
import { gitQd1, gitQd1Hunks } from './git-qd1.ts'
import { githubDeployments, githubDeploymentStatuses } from './github-deployments.ts'
import { githubGraphqlPulls, githubRestCommits, githubRestPulls, githubRestReviews } from './github-rest.ts'
import { gitlabCommits, gitlabDeployments, gitlabMerges, gitlabMergesCsv, gitlabNotes } from './gitlab.ts'
import { incidents } from './incidents.ts'
import { jiraChangelog, jiraChangelogCsv, jiraCsv } from './jira.ts'
import { linearCsv } from './linear.ts'
import { USAGE_FORMATS } from './usage-formats.ts'

/** Every layout with a shape of its own; at most one fits a file. The generic table is what is left. */
export const KNOWN_FORMATS: readonly Format[] = [
  ...USAGE_FORMATS,
  gitQd1,
  gitQd1Hunks,
  gitFuller,
  gitBaseline,
  ghPrList,
  githubGraphqlPulls,
  githubRestPulls,
  githubRestReviews,
  githubRestCommits,
  githubDeployments,
  githubDeploymentStatuses,
  gitlabMerges,
  gitlabMergesCsv,
  gitlabNotes,
  gitlabCommits,
  gitlabDeployments,
  azurePulls,
  jiraCsv,
  jiraChangelog,
  jiraChangelogCsv,
  linearCsv,
  azureWorkItems,
  deployments,
  incidents,
]

/** What a file can be read as, for lists of choices. */
export const FORMATS: readonly { readonly id: string; readonly name: string; readonly kind: 'usage' | 'delivery' }[] = [
  ...KNOWN_FORMATS.map(({ id, name, kind }) => ({ id, name, kind })),
  GENERIC_USAGE,
]
