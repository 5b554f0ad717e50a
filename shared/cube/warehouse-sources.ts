import type { CubeField } from './cube-fields.ts'
import type { Dialect, DialectId } from './sql-dialects.ts'

export const SOURCE_IDS = ['litellm', 'langfuse', 'otel', 'events'] as const
export type SourceId = (typeof SOURCE_IDS)[number]

/** Expressions over the source's table; what is absent is not stated there. */
export type SourceColumns = Readonly<Partial<Record<CubeField, string>>> & { readonly time: string }

/** What writes usage into a warehouse, and how its table says it. */
export interface WarehouseSource {
  readonly name: string
  readonly table: Readonly<Record<DialectId, string>>
  columns(dialect: Dialect): SourceColumns
  where(dialect: Dialect): readonly string[]
  /** Behind the name of the table: newest version of each row only. */
  readonly final?: Readonly<Partial<Record<DialectId, string>>>
}

export const SOURCES: Readonly<Record<SourceId, WarehouseSource>> = {
  /** The gateway's own table; its spend is computed, nobody's invoice. */
  litellm: {
    name: 'LiteLLM spend logs',
    table: { postgres: 'LiteLLM_SpendLogs', clickhouse: 'LiteLLM_SpendLogs' },
    columns: (d) => ({
      time: d.name('startTime'),
      tool: d.text('LiteLLM'),
      model: d.name('model'),
      person: d.firstOf(d.name('user'), d.name('end_user')),
      api_key: d.name('api_key'),
      workspace: d.name('team_id'),
      detail: d.name('call_type'),
      currency: d.text('USD'),
      uncached_input: d.name('prompt_tokens'),
      output: d.name('completion_tokens'),
      estimated: d.name('spend'),
    }),
    where: () => [],
  },
  /** Observations that called a model. Self-hosted before version 3 in PostgreSQL, since then in ClickHouse. */
  langfuse: {
    name: 'Langfuse observations',
    table: { postgres: 'observations', clickhouse: 'observations' },
    columns: (d) => {
      const own = { time: d.name('start_time'), tool: d.text('Langfuse'), currency: d.text('USD') }
      const named = { workspace: d.name('project_id'), detail: d.name('name') }
      if (d.id === 'postgres')
        return {
          ...own,
          ...named,
          model: d.name('model'),
          uncached_input: d.name('prompt_tokens'),
          output: d.name('completion_tokens'),
          estimated: d.name('calculated_total_cost'),
        }
      return {
        ...own,
        ...named,
        model: d.name('provided_model_name'),
        uncached_input: d.inside(d.name('usage_details'), 'input'),
        cache_read: d.inside(d.name('usage_details'), 'input_cached_tokens'),
        output: d.inside(d.name('usage_details'), 'output'),
        estimated: d.inside(d.name('cost_details'), 'total'),
      }
    },
    where: (d) => [`${d.name('type')} = ${d.text('GENERATION')}`],
    final: { clickhouse: ' FINAL' },
  },
  /** Claude Code's `api_request` events as an OpenTelemetry collector stores them. */
  otel: {
    name: 'Claude Code events of an OpenTelemetry collector',
    table: { postgres: 'otel_logs', clickhouse: 'otel_logs' },
    columns: (d) => {
      const said = (key: string) => attribute(d, key)
      return {
        time: d.name(d.id === 'postgres' ? 'timestamp' : 'Timestamp'),
        tool: d.text('Claude Code'),
        model: said('model'),
        person: d.firstOf(said('user.email'), said('user.account_uuid')),
        workspace: said('organization.id'),
        detail: said('query_source'),
        currency: d.text('USD'),
        uncached_input: said('input_tokens'),
        cache_write_unknown: said('cache_creation_tokens'),
        cache_read: said('cache_read_tokens'),
        output: said('output_tokens'),
        estimated: said('cost_usd'),
      }
    },
    where: (d) => [`${attribute(d, 'event.name')} = ${d.text('api_request')}`],
  },
  /** A table of your own; name what differs with `--column`. */
  events: {
    name: 'a table of your own',
    table: { postgres: 'usage_events', clickhouse: 'usage_events' },
    columns: (d) => ({ time: d.name('time'), tool: d.name('tool'), model: d.name('model') }),
    where: () => [],
  },
}

function attribute(d: Dialect, key: string): string {
  return d.inside(d.name(d.id === 'postgres' ? 'attributes' : 'LogAttributes'), key)
}
