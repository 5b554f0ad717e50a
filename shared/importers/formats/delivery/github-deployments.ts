import { dayIn, UTC } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import type { Instant } from '../../../quantities/index.ts'
import { type JsonValue, ownField } from '../../../tables/index.ts'
import type { JsonFormat, ReadContext, RecordSink } from '../../format.ts'
import {
  firstObject,
  itemsOf,
  type JsonItem,
  jsonRecords,
  listOf,
  momentOf,
  numberOf,
  textOf,
} from '../../json-fields.ts'
import { badRecord, missing, notATime } from '../../messages.ts'
import { deploymentKey, repositoryOfAddress } from './forge-keys.ts'
import { connectionOf, nameOfRepository } from './github-rest.ts'
import { spokeOf } from './spoke-of.ts'

/**
 * Deployments of GitHub, from REST (`/deployments`, without their outcome) or GraphQL (with their statuses). A deployment
 * becomes INACTIVE when the next one replaces it, so its own state says nothing: the first SUCCESS among its statuses is when
 * it was in use.
 */
export const githubDeployments: JsonFormat = {
  shape: 'json',
  id: 'github-deployments-json',
  name: 'GitHub deployments (REST, GraphQL)',
  kind: 'delivery',
  fields: {
    of: 'deployment',
    read: {
      id: ['deployment.deploymentId', 'key'],
      sha: 'deployment.sha',
      environment: 'deployment.environment',
      created_at: 'deployment.startedAt',
      updated_at: 'moment',
      repository_url: 'deployment.service',
      'statuses.*.state': 'deployment.result',
      'statuses.*.created_at': 'deployment.finishedAt',
      databaseId: ['deployment.deploymentId', 'key'],
      commitOid: 'deployment.sha',
      createdAt: 'deployment.startedAt',
      updatedAt: 'moment',
      'statuses.nodes.*.state': 'deployment.result',
      'statuses.nodes.*.createdAt': 'deployment.finishedAt',
    },
    around: {
      'data.repository.nameWithOwner': 'deployment.service',
    },
    left: {
      description: 'what people wrote',
      payload: 'settings of the workflow',
    },
  },
  recognise(pages) {
    if (pages.some(({ value }) => connectionOf(value, 'deployments') !== undefined))
      return 'pages with repository.deployments.nodes'
    const first = firstObject(itemsOf(pages))
    const isOne = anyField(first, 'environment') !== undefined && shaOf(first) !== null
    const more = isOne ? ['task', 'statuses', 'statuses_url', 'original_environment', 'state'] : []
    const found = more.find((name) => anyField(first, name) !== undefined)
    return found === undefined ? null : `deployments with environment, commit, ${found}`
  },
  open(pages, context) {
    const items = pages.flatMap(({ value, line }): readonly JsonItem[] => {
      const nodes = listOf(connectionOf(value, 'deployments'), 'nodes')
      const place = nameOfRepository(value)
      return nodes
        ? nodes.map((node) => ({ value: withPlace(node, place), whole: node, line }))
        : itemsOf([{ value, line }])
    })
    return accepted({ records: jsonRecords(items, (item, sink) => judgeDeployment(item, context, sink)) })
  },
}

/** Clients of the GraphQL API written in Go save its fields with a capital in front. */
function anyField(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return ownField(value, name) ?? ownField(value, name[0]!.toUpperCase() + name.slice(1))
}

function anyText(value: JsonValue | undefined, name: string): string | null {
  const field = anyField(value, name)
  return typeof field === 'string' && field !== '' ? field : null
}

function withPlace(node: JsonValue, place: string | null): JsonValue {
  return place === null || node === null || typeof node !== 'object' || Array.isArray(node)
    ? node
    : { repository: { url: `https://${place}` }, ...node }
}

function shaOf(item: JsonValue | undefined): string | null {
  return anyText(item, 'commitOid') ?? anyText(anyField(item, 'commit'), 'oid') ?? textOf(item, 'sha')
}

function placeOf(item: JsonValue, context: ReadContext): string | null {
  const repository = anyField(item, 'repository')
  const name = anyText(repository, 'nameWithOwner')
  return (
    repositoryOfAddress(anyText(repository, 'url')) ??
    repositoryOfAddress(textOf(item, 'repository_url') ?? textOf(item, 'url')) ??
    (name === null ? null : `github.com/${name}`) ??
    context.choices.repository ??
    null
  )
}

function idOf(item: JsonValue): string | null {
  const database = numberOf(item, 'databaseId') ?? numberOf(item, 'DatabaseId') ?? numberOf(item, 'id')
  return database === null ? anyText(item, 'id') : String(database)
}

function judgeDeployment(item: JsonValue, context: ReadContext, sink: RecordSink): void {
  const id = idOf(item)
  if (id === null) return sink.aside('id', badRecord(JSON.stringify(item).slice(0, 80), 'a deployment with its id'))
  const place = placeOf(item, context)
  const created = anyText(item, 'createdAt') ?? textOf(item, 'created_at')
  const startedAt = created === null ? null : readMoment(created)
  if (startedAt === 'bad') return sink.aside('created_at', notATime(created ?? ''))
  const statuses = listOf(anyField(item, 'statuses'), 'nodes') ?? listOf(item, 'statuses')
  const outcome = statuses && outcomeOf(statuses)
  if (outcome?.bad !== undefined) return sink.aside('statuses', notATime(outcome.bad))
  if (startedAt === null && (outcome?.finishedAt ?? null) === null)
    return sink.aside('created_at', missing('when the deployment began'))
  const updated = readMoment(anyText(item, 'updatedAt') ?? textOf(item, 'updated_at') ?? '')
  if (updated !== 'bad') sink.spoke(updated)
  addDeployment(sink, {
    id,
    place,
    environment: anyText(item, 'environment'),
    sha: shaOf(item),
    startedAt,
    finishedAt: outcome?.finishedAt ?? null,
    result: outcome?.result ?? null,
  })
}

function addDeployment(
  sink: RecordSink,
  one: {
    readonly id: string
    readonly place: string | null
    readonly environment: string | null
    readonly sha: string | null
    readonly startedAt: Instant | null
    readonly finishedAt: Instant | null
    readonly result: string | null
  },
): void {
  const { id, place, environment, sha, startedAt, finishedAt, result } = one
  spokeOf(sink, [startedAt, finishedAt])
  sink.fact(
    'deployment',
    {
      deploymentId: id,
      service: place?.split('/').at(-1) ?? null,
      environment,
      sha,
      startedAt,
      finishedAt,
      result,
      isUnplanned: null,
      causedByIncident: null,
    },
    deploymentKey(place?.split('/')[0] ?? 'github.com', id),
  )
}

function readMoment(text: string): Instant | 'bad' {
  return momentOf({ text }, 'text') ?? 'bad'
}

interface DeploymentOutcome {
  readonly finishedAt: Instant | null
  readonly result: string | null
  /** A moment that cannot be read. */
  readonly bad?: string
}

/** First success; without one, the last failure; else still under way. */
function outcomeOf(statuses: readonly JsonValue[]): DeploymentOutcome {
  let success: Instant | null = null
  let failure: Instant | null = null
  for (const status of statuses) {
    const state = anyText(status, 'state')?.toUpperCase()
    const text = textOf(status, 'createdAt') ?? textOf(status, 'created_at') ?? anyText(status, 'updatedAt')
    if (text === null || (state !== 'SUCCESS' && state !== 'FAILURE' && state !== 'ERROR')) continue
    const at = readMoment(text)
    if (at === 'bad') return { finishedAt: null, result: null, bad: text }
    if (state === 'SUCCESS') success = success === null || at < success ? at : success
    else failure = failure === null || at > failure ? at : failure
  }
  if (success !== null) return { finishedAt: success, result: 'success' }
  return { finishedAt: failure, result: failure === null ? null : 'failure' }
}

/** `GET /repos/O/R/deployments/ID/statuses`: what became of deployments that are listed in another file. */
export const githubDeploymentStatuses: JsonFormat = {
  shape: 'json',
  id: 'github-deployment-statuses-json',
  name: 'GitHub deployment statuses (REST)',
  kind: 'delivery',
  fields: {
    of: 'deployment',
    read: {
      state: 'deployment.result',
      environment: 'deployment.environment',
      created_at: 'deployment.finishedAt',
      deployment_url: ['deployment.deploymentId', 'deployment.service', 'key'],
    },
    left: {
      description: 'what people wrote',
    },
  },
  recognise(pages) {
    const first = firstObject(itemsOf(pages))
    return textOf(first, 'deployment_url') !== null && textOf(first, 'state') !== null
      ? 'statuses with deployment_url, state'
      : null
  },
  open(pages) {
    const items = itemsOf(pages)
    const byDeployment = new Map<string, JsonValue[]>()
    for (const { value } of items) {
      const address = textOf(value, 'deployment_url') ?? ''
      const statuses = byDeployment.get(address)
      if (statuses) statuses.push(value)
      else byDeployment.set(address, [value])
    }
    return accepted({
      records: jsonRecords(items, (item, sink) => {
        const address = textOf(item, 'deployment_url') ?? ''
        const id = /\/deployments\/(\d+)$/.exec(address)?.[1]
        if (id === undefined) return sink.aside('deployment_url', missing('the address of its deployment'))
        const created = momentOf(item, 'created_at')
        if (created === 'bad' || created === null)
          return sink.aside('created_at', notATime(textOf(item, 'created_at') ?? ''))
        sink.spoke(created, dayIn(created, UTC))
        const { finishedAt, result } = outcomeOf(byDeployment.get(address) ?? [])
        // Of several statuses the one that decides says what became of the deployment; the others are its way there.
        if (result === null || finishedAt !== created || outcomeOf([item]).result !== result) return sink.blank()
        const place = repositoryOfAddress(address)
        const environment = textOf(item, 'environment')
        addDeployment(sink, { id, place, environment, sha: null, startedAt: null, finishedAt, result })
      }),
    })
  },
}
