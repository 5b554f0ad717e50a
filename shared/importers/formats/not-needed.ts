import type { Columns } from '../columns.ts'

/** Layouts we know and do not read: what they are, and what to import instead. The first whose columns are there. */
const NOT_NEEDED: readonly (readonly [columns: readonly string[], what: string, instead: string])[] = [
  [
    ['pr_coding_time', 'pr_pickup_time', 'pr_cycle_time'],
    'times another tool has worked out of pull requests (DevLake project_pr_metrics)',
    'Import pull_requests, pull_request_comments and cicd_deployment_commits: the times are worked out of them here, and open to inspection.',
  ],
  [
    ['new_commit_sha', 'old_commit_sha', 'commit_sha'],
    'which commits lie between two others (DevLake commits_diffs)',
    'Import the git history (quarterdeck import --git FOLDER): it says so itself.',
  ],
  [
    ['project_name', 'table', 'row_id'],
    'which table belongs to which project (DevLake project_mapping)',
    'Nothing to do: say under Data, Ownership which repositories and people are of which team.',
  ],
  [
    ['tag', 'date', 'api_key', 'spend', 'custom_llm_provider'],
    'spend by tag, in which a request counts once for each of its tags (LiteLLM DailyTagSpend)',
    'Import the daily spend by user or team, or the spend logs: there each request counts once.',
  ],
  [
    ['name', 'result', 'environment', 'cicd_scope_id', 'finished_date'],
    'deployments without their commits (DevLake cicd_deployments)',
    'Import cicd_deployment_commits: the same deployments, with what was in them.',
  ],
  [
    ['download_links', 'report_day'],
    'links to reports, not the reports (GitHub Copilot usage metrics)',
    'Open each of the links and import the files they give, before they expire.',
  ],
  [
    ['user_login', 'day', 'team_id', 'slug'],
    'which teams people were in on a day (GitHub Copilot user teams)',
    'Import the report of people (users-1-day), and a team map of your own for the teams.',
  ],
  [
    ['pull_request_id', 'issue_id', 'issue_key'],
    'which pull request is of which issue (DevLake pull_request_issues)',
    'Nothing to do where titles or branches name the issue: its key is found in them.',
  ],
  [
    ['pull_request_id', 'label_name'],
    'labels of pull requests (DevLake pull_request_labels)',
    'Labels come with pull requests from GitHub or GitLab themselves: import those where labels mark features.',
  ],
  [
    ['pull_request_id', 'reviewer_id'],
    'who was asked to review (DevLake pull_request_reviewers)',
    'Import pull_request_comments: reviews that were given, and when.',
  ],
  [
    ['commit_sha', 'file_path', 'additions', 'deletions'],
    'files of commits without their place on a branch (DevLake commit_files)',
    'Import the git history (quarterdeck import --git FOLDER): it has the files of every landing.',
  ],
  [
    ['commit_sha', 'new_file_path', 'hunk_num'],
    'changed lines of commits without their place on a branch (DevLake commit_line_change)',
    'Import the git history (quarterdeck import --git FOLDER): it has the lines of every landing.',
  ],
  [
    ['id', 'name', 'url', 'owner_id', 'forked_from'],
    'names of repositories (DevLake repos)',
    'Nothing to do: repositories are found in what happened in them.',
  ],
  [
    ['sha', 'authored_date', 'committed_date', 'author_name'],
    'commits without their place on a branch (DevLake commits)',
    'Import the git history (quarterdeck import --git FOLDER): landings are its commits in the order of the branch.',
  ],
  [
    ['repo_id', 'commit_sha'],
    'which commits are in which repository (DevLake repo_commits)',
    'Import the git history (quarterdeck import --git FOLDER): it says so itself.',
  ],
]

export interface NotNeeded {
  readonly what: string
  readonly instead: string
}

/** Null where the columns are not one of these. */
export function notNeededTable(columns: Columns): NotNeeded | null {
  const found = NOT_NEEDED.find(([names]) => names.every((name) => columns.has(name)))
  return found ? { what: found[1], instead: found[2] } : null
}
