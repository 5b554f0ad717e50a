import { expect, test } from 'vitest'
import { UTC } from '../../../shared/calendar/index.ts'
import { bytesOf, rowsOf, stageBytes } from '../../support/stage.ts'

const gitlabRequest = {
  iid: 1,
  title: 'Add search',
  state: 'constructor',
  created_at: '2026-05-01T00:00:00Z',
  updated_at: '2026-05-01T00:00:00Z',
  merged_at: null,
  source_branch: 'search',
  web_url: 'https://gitlab.com/acme/shop/-/merge_requests/1',
  references: { full: 'acme/shop!1' },
  author: { username: 'mira' },
}
const gitlabDeployment = {
  id: 1,
  iid: 1,
  status: 'constructor',
  ref: 'main',
  sha: 'abcdef1234',
  created_at: '2026-05-01T00:00:00Z',
  updated_at: '2026-05-01T00:00:00Z',
  environment: { name: 'production' },
  deployable: null,
}
const azureRequest = {
  pullRequestId: 1,
  status: 'constructor',
  creationDate: '2026-05-01T00:00:00Z',
  repository: { name: 'shop', url: 'https://dev.azure.com/acme/p/_apis/git/repositories/shop' },
  url: 'https://dev.azure.com/acme/p/_apis/git/repositories/shop/pullRequests/1',
  createdBy: { uniqueName: 'mira@acme.example' },
}
const devlakeDeployment =
  'cicd_deployment_id,commit_sha,environment,result,finished_date\nd1,abc1234,PROD,constructor,2026-05-01T00:00:00Z\n'
const devlakeRequest =
  'id,base_repo_id,pull_request_key,title,status,author_name,created_date,merged_date,closed_date,merge_commit_sha\n' +
  '1,shop,1,Add search,constructor,mira,2026-05-01T00:00:00Z,,,\n'
const jiraIssue =
  'Summary,Issue key,Issue id,Issue Type,Status,Status Category,Created,Resolved\n' +
  'Search,A-1,1,Bug,Open,constructor,2026-05-01T00:00:00Z,\n'

test.each([
  ['GitLab merge request', JSON.stringify([gitlabRequest]), 'pullRequest', { state: 'open' }],
  ['GitLab deployment', JSON.stringify([gitlabDeployment]), 'deployment', { result: null }],
  ['Azure DevOps pull request', JSON.stringify({ value: [azureRequest] }), 'pullRequest', { state: 'open' }],
  ['DevLake deployment', devlakeDeployment, 'deployment', { result: null }],
  ['DevLake pull request', devlakeRequest, 'pullRequest', { state: 'open' }],
  ['Jira issue', jiraIssue, 'workItem', { statusCategory: null }],
] as const)('%s: a word every object has is a word we do not know', async (_name, text, kind, expected) => {
  const outcome = await stageBytes('export', bytesOf(text), { zone: UTC })
  expect(outcome.ok ? rowsOf(outcome.value, kind) : outcome.issues).toMatchObject([expected])
})
