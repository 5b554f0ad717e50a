import type { Format } from '../../format.ts'
import { anthropicAnalytics } from './anthropic-analytics.ts'
import { anthropicClaudeCode } from './anthropic-claude-code.ts'
import { anthropicCost } from './anthropic-cost.ts'
import { anthropicCostReport } from './anthropic-cost-report.ts'
import { anthropicSpendReport } from './anthropic-spend-report.ts'
import { anthropicTokens } from './anthropic-tokens.ts'
import { anthropicUsageReport } from './anthropic-usage-report.ts'
import { awsCur } from './aws-cur.ts'
import { ccusage } from './ccusage.ts'
import { claudeCodeOtel } from './claude-code-otel.ts'
import { copilotBillingApi, copilotMetrics } from './copilot-api.ts'
import { copilotMetered, copilotOrganisation } from './copilot-reports.ts'
import { copilotUsage } from './copilot-usage.ts'
import { cursorAdmin } from './cursor-admin.ts'
import { cursorDailyUse, cursorModels, cursorSpend } from './cursor-reports.ts'
import { cursorUsage } from './cursor-usage.ts'
import { dailyCube, dailyCubeJson } from './daily-cube.ts'
import { focus } from './focus.ts'
import { langfuseCsv } from './langfuse-csv.ts'
import { langfuse } from './langfuse.ts'
import { litellmKeys } from './litellm-keys.ts'
import { litellmDailyCsv, litellmLogsCsv } from './litellm-csv.ts'
import { litellmDaily, litellmLogs } from './litellm.ts'
import { openaiCost } from './openai-cost.ts'
import { openaiCostsApi, openaiUsageApi } from './openai-usage-api.ts'
import { openaiUsage } from './openai-usage.ts'
import { openrouterActivity, openrouterActivityJson, openrouterGenerations } from './openrouter.ts'
import { claudeTranscripts, codexTranscripts } from './transcripts.ts'

/** Usage and cost layouts; at most one fits a file. */
export const USAGE_FORMATS: readonly Format[] = [
  dailyCube,
  dailyCubeJson,
  anthropicCost,
  anthropicTokens,
  cursorUsage,
  openaiUsage,
  openaiCost,
  copilotUsage,
  focus,
  openrouterActivity,
  openrouterGenerations,
  anthropicUsageReport,
  anthropicCostReport,
  anthropicClaudeCode,
  anthropicAnalytics,
  openaiUsageApi,
  openaiCostsApi,
  cursorAdmin,
  copilotBillingApi,
  copilotMetrics,
  litellmLogs,
  litellmDaily,
  litellmLogsCsv,
  litellmDailyCsv,
  langfuse,
  ccusage,
  claudeCodeOtel,
  anthropicSpendReport,
  awsCur,
  copilotMetered,
  copilotOrganisation,
  cursorSpend,
  cursorDailyUse,
  cursorModels,
  langfuseCsv,
  litellmKeys,
  openrouterActivityJson,
  claudeTranscripts,
  codexTranscripts,
]
