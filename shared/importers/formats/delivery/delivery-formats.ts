import type { Format } from '../../format.ts'
import { azurePulls } from './azure-pull-requests.ts'
import { azureWorkItems } from './azure-work-items.ts'
import { deployments } from './deployments.ts'
import { devlakeAccounts, devlakeUserAccounts, devlakeUsers } from './devlake-accounts.ts'
import { devlakeComments, devlakePullCommits } from './devlake-reviews.ts'
import {
  devlakeCauses,
  devlakeChanges,
  devlakeDeployments,
  devlakeIncidents,
  devlakeIssues,
  devlakePulls,
} from './devlake.ts'
import { ghPrList } from './gh-pr-list.ts'
import { gitBaseline } from './git-baseline.ts'
import { gitFuller } from './git-fuller.ts'
import { gitQd1, gitQd1Hunks } from './git-qd1.ts'
import { githubIssues } from './github-issues.ts'
import { gitlabIssuesCsv } from './gitlab-issues.ts'
import { jiraPipelineHistory, jiraPipelineIssues } from './jira-data-center.ts'
import { opsgenieAlertsCsv } from './opsgenie-alerts.ts'
import { githubDeployments, githubDeploymentStatuses } from './github-deployments.ts'
import { githubGraphqlPulls, githubRestCommits, githubRestPulls, githubRestReviews } from './github-rest.ts'
import { gitlabCommits, gitlabDeployments, gitlabMerges, gitlabMergesCsv, gitlabNotes } from './gitlab.ts'
import { opsgenieJson, pagerdutyCsv, pagerdutyJson } from './incident-tools.ts'
import { incidents } from './incidents.ts'
import { jiraChangelog, jiraChangelogCsv, jiraCsv } from './jira.ts'
import { linearCsv } from './linear.ts'
import { codeowners, teamMap } from './ownership.ts'

/** Everything about changes, work, deployments and incidents; at most one fits a file. */
export const DELIVERY_FORMATS: readonly Format[] = [
  gitQd1,
  gitQd1Hunks,
  gitFuller,
  gitBaseline,
  ghPrList,
  githubGraphqlPulls,
  githubRestPulls,
  githubRestReviews,
  githubRestCommits,
  githubIssues,
  githubDeployments,
  githubDeploymentStatuses,
  gitlabIssuesCsv,
  gitlabMerges,
  gitlabMergesCsv,
  gitlabNotes,
  gitlabCommits,
  gitlabDeployments,
  azurePulls,
  jiraCsv,
  jiraChangelog,
  jiraChangelogCsv,
  jiraPipelineIssues,
  jiraPipelineHistory,
  linearCsv,
  azureWorkItems,
  pagerdutyCsv,
  pagerdutyJson,
  opsgenieJson,
  opsgenieAlertsCsv,
  devlakePulls,
  devlakeComments,
  devlakePullCommits,
  devlakeDeployments,
  devlakeIssues,
  devlakeChanges,
  devlakeIncidents,
  devlakeCauses,
  devlakeAccounts,
  devlakeUsers,
  devlakeUserAccounts,
  deployments,
  incidents,
  codeowners,
  teamMap,
]
