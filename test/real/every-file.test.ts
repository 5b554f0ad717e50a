import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import type { Day } from '../../shared/calendar/index.ts'
import type { ImportChoices } from '../../shared/importers/index.ts'
import { tellIssue } from '../../shared/issues/index.ts'
import { describeReal, readShared, sharedData } from '../support/shared-data.ts'
import { joined, NOTHING, refusal, stageBytes, staged } from '../support/stage.ts'

const MONTH_FIRST: ImportChoices = { dayOrder: 'month-first' }
const SPEND: ImportChoices = { repository: 'gitlab.com/gitlab-data/snowflake_spend' }
const FEBRUARY: ImportChoices = { days: { from: '2026-02-01' as Day, to: '2026-02-28' as Day } }

type Entry = readonly [file: string, format: string | null, said: string, choices: ImportChoices]

/** Every file of the folder: its format and `rows new duplicate kept-aside blank`, or the code of its refusal. */
const FILES: readonly Entry[] = (
  [
    ['PROVENANCE.md', null, 'import/unknown-format'],
    ['delivery/azure_devops/export_sample_ms_docs.csv', 'azure-work-items-csv', '5 5 0 0 0'],
    ['delivery/azure_devops/pull_requests.json', 'azure-pull-requests-json', '1 1 0 0 0'],
    ['delivery/azure_devops/tree_query_sample_ms_docs.csv', 'azure-work-items-csv', '4 1 0 3 0'],
    ['delivery/devlake/dora__change_lead_time__cicd_deployment_commits.csv', 'devlake-deployments-csv', '16 16 0 0 0'],
    ['delivery/devlake/dora__change_lead_time__cicd_scopes.csv', null, 'import/unknown-format'],
    ['delivery/devlake/dora__change_lead_time__commits_diffs.csv', null, 'import/not-needed'],
    ['delivery/devlake/dora__change_lead_time__project_mapping.csv', null, 'import/not-needed'],
    ['delivery/devlake/dora__change_lead_time__project_pr_metrics.csv', null, 'import/not-needed'],
    [
      'delivery/devlake/dora__change_lead_time__pull_request_comments.csv',
      'devlake-pull-request-comments-csv',
      '13 13 0 0 0',
    ],
    [
      'delivery/devlake/dora__change_lead_time__pull_request_commits.csv',
      'devlake-pull-request-commits-csv',
      '13 13 0 0 0',
    ],
    ['delivery/devlake/dora__change_lead_time__pull_requests.csv', 'devlake-pull-requests-csv', '7 0 0 7 0'],
    ['delivery/devlake/dora__change_lead_time__repos.csv', null, 'import/unknown-format'],
    [
      'delivery/devlake/dora__connect_incident_to_deployment__prev_success_deployment_commit__cicd_deployment_commits_after.csv',
      'devlake-deployments-csv',
      '16 16 0 0 0',
    ],
    [
      'delivery/devlake/dora__connect_incident_to_deployment__raw_tables__incidents.csv',
      'devlake-incidents-csv',
      '7 7 0 0 0',
    ],
    [
      'delivery/devlake/dora__connect_incident_to_deployment__snapshot_tables__project_incident_deployment_relationships.csv',
      'devlake-incident-causes-csv',
      '6 6 0 0 0',
    ],
    ['delivery/devlake/dora__raw_tables__issues.csv', null, 'import/unknown-format'],
    [
      'delivery/devlake/github__snapshot_tables__pull_request_comments.csv',
      'devlake-pull-request-comments-csv',
      '62 62 0 0 0',
    ],
    ['delivery/devlake/github__snapshot_tables__pull_requests.csv', 'devlake-pull-requests-csv', '49 49 0 0 0'],
    ['delivery/devlake/gitlab__snapshot_tables__pull_requests.csv', 'devlake-pull-requests-csv', '18 18 0 0 0'],
    ['delivery/devlake/jira__snapshot_tables__issue_changelogs.csv', 'devlake-issue-changes-csv', '689 165 0 0 524'],
    ['delivery/devlake/jira__snapshot_tables__issues.csv', 'devlake-issues-csv', '30 30 0 0 0'],
    ['delivery/devlake/opsgenie__snapshot_tables__issues.csv', 'devlake-issues-csv', '2 2 0 0 0'],
    ['delivery/devlake/org__raw_tables__accounts.csv', 'devlake-accounts-csv', '10 10 0 0 0'],
    ['delivery/devlake/org__raw_tables__user_accounts.csv', 'devlake-user-accounts-csv', '3 3 0 0 0'],
    ['delivery/devlake/org__raw_tables__users.csv', 'devlake-users-csv', '10 10 0 0 0'],
    ['delivery/devlake/pagerduty__snapshot_tables__issues.csv', 'devlake-issues-csv', '3 3 0 0 0'],
    ['delivery/dora/quickcheck_2024_industry_metrics.json', null, 'import/unknown-format'],
    ['delivery/dora/quickcheck_2024_organization_size_metrics.json', null, 'import/unknown-format'],
    ['delivery/dora/quickcheck_2025_industry_metrics.json', null, 'import/unknown-format'],
    ['delivery/dora/quickcheck_2025_organization_size_metrics.json', null, 'import/unknown-format'],
    ['delivery/git/mcp-typescript-sdk.baseline.tsv', null, 'tables/empty-file'],
    ['delivery/git/mcp-typescript-sdk.hunks.txt', 'git-qd1-hunks', '740 740 0 0 0'],
    ['delivery/git/mcp-typescript-sdk.numstat.txt', 'git-qd1', '740 740 0 0 0'],
    ['delivery/git/pydantic-ai.baseline.tsv', 'git-baseline', '767 767 0 0 0'],
    ['delivery/git/pydantic-ai.hunks.txt', 'git-qd1-hunks', '1733 1733 0 0 0'],
    ['delivery/git/pydantic-ai.numstat.txt', 'git-qd1', '1733 1733 0 0 0'],
    ['delivery/git/traps/not_first_parent.qd1.txt', 'git-qd1', '120 120 0 0 0'],
    ['delivery/git/traps/small.crlf.txt', 'git-qd1', '60 60 0 0 0'],
    ['delivery/git/traps/small.qd1.txt', 'git-qd1', '60 60 0 0 0'],
    ['delivery/git/traps/small.utf16le_bom_crlf.txt', 'git-qd1', '60 60 0 0 0'],
    ['delivery/git/traps/torture.default_quotepath.qd1.txt', 'git-qd1', '4 4 0 0 0'],
    ['delivery/git/traps/torture.fuller.txt', 'git-fuller', '4 4 0 0 0'],
    ['delivery/git/traps/torture.hunks.txt', 'git-qd1-hunks', '4 4 0 0 0'],
    ['delivery/git/traps/torture.quotepath_off.qd1.txt', 'git-qd1', '4 4 0 0 0'],
    ['delivery/git/traps/torture.z.qd1.bin', 'git-qd1', '4 4 0 0 0'],
    ['delivery/github/gh_pr_list_DERIVED.json', 'gh-pr-list-json', '50 49 1 0 0'],
    ['delivery/github/graphql_deployments.json', 'github-deployments-json', '7 7 0 0 0'],
    ['delivery/github/rest_issues.json', 'github-issues-json', '42 26 0 0 16'],
    ['delivery/github/rest_pull_commits.json', 'github-rest-pull-commits-json', '91 90 1 0 0'],
    ['delivery/github/rest_pulls.json', 'github-rest-pulls-json', '50 49 1 0 0'],
    ['delivery/github/rest_reviews.json', 'github-rest-reviews-json', '31 30 1 0 0'],
    ['delivery/gitlab/deployments.json', 'gitlab-deployments-json', '8 8 0 0 0'],
    ['delivery/gitlab/merge_requests.json', 'gitlab-merge-requests-json', '18 18 0 0 0'],
    ['delivery/gitlab/mr_commits.json', 'gitlab-merge-commits-json', '37 37 0 0 0', SPEND],
    ['delivery/gitlab/mr_notes.json', 'gitlab-notes-json', '26 9 0 0 17', SPEND],
    ['delivery/incidents/csv_headers.txt', null, 'import/unknown-format'],
    ['delivery/incidents/opsgenie_incidents.json', 'opsgenie-incidents-json', '2 2 0 0 0'],
    ['delivery/incidents/pagerduty_incidents.json', 'pagerduty-json', '3 2 0 0 1'],
    ['delivery/jira/api_issue_changelogs.json', 'jira-changelog-json', '279 10 0 0 269'],
    ['delivery/jira/csv_headers.txt', null, 'import/unknown-format'],
    ['delivery/linear/csv_headers.txt', null, 'import/unknown-format'],
    ['delivery/linear/linear_export_30col.csv', 'linear-csv', '28 28 0 0 0'],
    ['delivery/reference.json', null, 'import/unknown-format'],
    [
      'usage/anthropic/admin-api-doc-examples/analytics_user_cost_report.json',
      'claude-enterprise-analytics-json',
      '1 1 0 0 0',
    ],
    ['usage/anthropic/admin-api-doc-examples/cost_report.json', 'anthropic-cost-report-json', '1 1 0 0 0'],
    ['usage/anthropic/admin-api-doc-examples/usage_report_claude_code.json', 'anthropic-claude-code-json', '1 1 0 0 0'],
    ['usage/anthropic/admin-api-doc-examples/usage_report_messages.json', 'anthropic-usage-report-json', '1 1 0 0 0'],
    ['usage/anthropic/claude_api_cost_2026_02_01_to_2026_02_01.csv', 'anthropic-cost-csv', '6 6 0 0 0'],
    ['usage/anthropic/claude_api_tokens_2026_02.csv', 'anthropic-tokens-csv', '2 2 0 0 0'],
    ['usage/anthropic/cost-2024/claude_api_cost_2024_03.csv', 'anthropic-cost-csv', '48 48 0 0 0'],
    ['usage/anthropic/cost-2024/claude_api_cost_2024_04.csv', 'anthropic-cost-csv', '58 58 0 0 0'],
    ['usage/anthropic/cost-2024/claude_api_cost_2024_07.csv', 'anthropic-cost-csv', '0 0 0 0 0'],
    ['usage/anthropic/cost-2024/claude_api_cost_2024_08.csv', 'anthropic-cost-csv', '10 10 0 0 0'],
    ['usage/anthropic/cost-2024/claude_api_cost_2024_12.csv', 'anthropic-cost-csv', '4 4 0 0 0'],
    ['usage/ccusage/ccusage-18.0.11_blocks.json', 'ccusage-json', '5 3 0 0 2'],
    ['usage/ccusage/ccusage-18.0.11_daily--instances.json', 'ccusage-json', '3 3 0 0 0'],
    ['usage/ccusage/ccusage-18.0.11_daily.json', 'ccusage-json', '3 3 0 0 0'],
    ['usage/ccusage/ccusage-18.0.11_monthly.json', 'ccusage-json', '2 2 0 0 0'],
    ['usage/ccusage/ccusage-18.0.11_session.json', 'ccusage-json', '2 2 0 0 0'],
    ['usage/ccusage/ccusage-18.0.11_weekly.json', 'ccusage-json', '2 2 0 0 0'],
    ['usage/ccusage/claude-code-transcript.fixture.jsonl', 'claude-code-transcript-jsonl', '3 3 0 0 0'],
    ['usage/ccusage/codex-session.fixture.jsonl', 'codex-session-jsonl', '3 2 0 0 1'],
    ['usage/copilot/billing-credit-usage.real.csv', 'copilot-usage-csv', '123 123 0 0 0'],
    ['usage/copilot/organization-1-day-report.json', 'copilot-organization-metrics-json', '1 1 0 0 0'],
    ['usage/copilot/organization-users-1-day-report.json', 'copilot-metrics-json', '2 2 0 0 0'],
    ['usage/cursor/overlapping/usage-events-2025-08-31.csv', 'cursor-usage-csv', '108 108 0 0 0'],
    ['usage/cursor/overlapping/usage-events-2025-09-01.csv', 'cursor-usage-csv', '112 112 0 0 0'],
    ['usage/cursor/overlapping/usage-events-2025-09-06.csv', 'cursor-usage-csv', '58 58 0 0 0'],
    ['usage/cursor/overlapping/usage-events-2025-09-18.csv', 'cursor-usage-csv', '427 427 0 0 0'],
    ['usage/cursor/team-usage-requests-2025-09.csv', 'cursor-usage-csv', '20 20 0 0 0'],
    ['usage/cursor/usage-details.csv', 'cursor-usage-csv', '870 870 0 0 0'],
    ['usage/cursor/usage-tokens.csv', 'cursor-usage-csv', '424 424 0 0 0'],
    ['usage/focus/commitment_discount_usage_scenario_1.csv', 'focus-csv', '1 1 0 0 0'],
    ['usage/focus/virtual_currency_pricing_model_a1.csv', 'focus-csv', '1 1 0 0 0', MONTH_FIRST],
    ['usage/focus/virtual_currency_pricing_model_a2.csv', 'focus-csv', '3 3 0 0 0', MONTH_FIRST],
    ['usage/focus/virtual_currency_pricing_model_b1.csv', 'focus-csv', '1 1 0 0 0', MONTH_FIRST],
    ['usage/focus/virtual_currency_pricing_model_b2.csv', 'focus-csv', '3 3 0 0 0', MONTH_FIRST],
    ['usage/openai/api-example_costs.json', 'openai-costs-json', '1 1 0 0 0'],
    ['usage/openai/api-example_usage_audio_transcriptions.json', 'openai-usage-json', '1 1 0 0 0'],
    ['usage/openai/api-example_usage_code_interpreter_sessions.json', 'openai-usage-json', '1 1 0 0 0'],
    ['usage/openai/api-example_usage_completions.json', 'openai-usage-json', '1 1 0 0 0'],
    ['usage/openai/api-example_usage_embeddings.json', 'openai-usage-json', '1 1 0 0 0'],
    ['usage/openai/api-example_usage_images.json', 'openai-usage-json', '1 1 0 0 0'],
    ['usage/openai/api-example_usage_vector_stores.json', 'openai-usage-json', '1 1 0 0 0'],
    ['usage/openai/api-example_usage_web_search_calls.json', 'openai-usage-json', '1 1 0 0 0'],
    ['usage/openai/completions_usage_2025-10.tsv', 'openai-usage-csv', '7 6 0 0 1'],
    ['usage/openai/cost_2025-10.tsv', 'openai-cost-csv', '8 6 0 0 2'],
    ['usage/transcribed/anthropic_cost_2026-08_14cols.csv', 'anthropic-cost-csv', '4 4 0 0 0'],
    ['usage/transcribed/anthropic_tokens_2026-03_14cols.csv', 'anthropic-tokens-csv', '3 3 0 0 0'],
    ['usage/transcribed/claude-enterprise_spend-report.HEADER-ONLY.csv', 'claude-enterprise-spend-csv', '0 0 0 0 0'],
    ['usage/transcribed/copilot_ai-usage-report_2026-06_21cols_with-tokens.csv', 'copilot-usage-csv', '1 1 0 0 0'],
    ['usage/transcribed/cursor-admin-api_filtered-usage-events.docs-example.json', 'cursor-admin-json', '3 3 0 0 0'],
    ['usage/transcribed/cursor-admin-api_spend.docs-example.json', 'cursor-spend-json', '2 2 0 0 0'],
    ['usage/transcribed/cursor_team-usage-events_2026-07_13cols.csv', 'cursor-usage-csv', '6 6 0 0 0'],
    [
      'usage/transcribed/litellm_global-spend-report_per-key.docs-example.json',
      'litellm-keys-json',
      '1 1 0 0 0',
      FEBRUARY,
    ],
    ['usage/transcribed/openai_cost_2026-09_17cols.csv', 'openai-cost-csv', '3 1 0 1 1'],
    ['usage/transcribed/openrouter_activity_by-model.csv', 'openrouter-activity-csv', '2 2 0 0 0'],
    ['usage/transcribed/openrouter_activity_per-generation.HEADER-ONLY.csv', 'openrouter-generations-csv', '0 0 0 0 0'],
  ] as readonly (readonly [string, string | null, string, ImportChoices?])[]
).map(([file, format, said, choices = {}]) => [file, format, said, choices])

/** Words of the sentence people read where a file is refused. */
const SENTENCES: Readonly<Record<string, RegExp>> = {
  'import/unknown-format': /wanted a file of a known layout|wanted JSON of a known shape/,
  'import/not-needed': /wanted something that happened/,
  'tables/empty-file': /this file holds nothing/,
}

describeReal('every real file', () => {
  const folder = path.join(sharedData ?? '', 'data')
  const there = () =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => statSync(path.join(folder, file)).isFile())
      .map((file) => file.split(path.sep).join('/'))
      .sort()

  it('stands in the table', () => expect(FILES.map(([file]) => file).sort()).toEqual(there()))

  it.each(FILES)('%s: %s, %s', async (file, format, expected, choices) => {
    const bytes = readShared(file)
    if (format === null) {
      const issues = await refusal(bytes, choices)
      expect(issues.map(({ code }) => code)).toEqual([expected])
      expect(tellIssue(issues[0]!)).toMatch(SENTENCES[expected]!)
      return
    }
    const { record } = await staged(path.basename(file), bytes, choices)
    const { rows, new: added, changed, duplicate, keptAside, blank } = record.counts
    expect([record.format, [rows, added, duplicate, keptAside, blank].join(' ')]).toEqual([format, expected])
    expect(added + changed + duplicate + keptAside + blank).toBe(rows)
  })

  it('that needs an answer asks for it first', async () => {
    for (const [file, code] of [
      ['usage/focus/virtual_currency_pricing_model_a1.csv', 'import/day-order-ambiguous'],
      ['delivery/gitlab/mr_notes.json', 'import/repository-needed'],
      ['usage/transcribed/litellm_global-spend-report_per-key.docs-example.json', 'import/days-needed'],
    ] as const)
      expect((await refusal(readShared(file))).map((issue) => issue.code)).toEqual([code])
  })

  it('joins one workbook beside all others, and adds nothing when all come again', async () => {
    let known = NOTHING
    const small = FILES.filter(([file, format]) => format !== null && !/pydantic|hunks/.test(file))
    for (const [file, , , choices] of small) {
      const outcome = await stageBytes(path.basename(file), readShared(file), choices, known)
      if (!outcome.ok) throw new Error(`${file}: ${outcome.issues[0]!.code}`)
      known = joined(known, outcome.value)
    }
    for (const [file, , , choices] of small.filter((_, i) => i % 7 === 0)) {
      const again = await staged(path.basename(file), readShared(file), choices, known)
      expect([file, again.record.counts.new, again.record.counts.changed]).toEqual([file, 0, 0])
    }
  })
})
