import { accepted } from '../../../issues/index.ts'
import { type JsonValue, ownField } from '../../../tables/index.ts'
import { agentOfText } from '../../agent-marks.ts'
import type { JsonFormat, ReadContext, RecordSink } from '../../format.ts'
import {
  fieldAt,
  firstObject,
  flagOf,
  itemsOf,
  joined,
  jsonRecords,
  listOf,
  marksOf,
  momentOf,
  numberOf,
  textOf,
} from '../../json-fields.ts'
import { meantBy } from '../../meant-by.ts'
import { badRecord, missing, notATime } from '../../messages.ts'
import { pullKey } from './forge-keys.ts'
import { spokeOf } from './spoke-of.ts'
import { SaidAccounts } from './said-accounts.ts'
import { SILENT_PULL } from './pull-row.ts'

const STATES: Readonly<Record<string, string>> = { active: 'open', completed: 'merged', abandoned: 'closed' }

/** `_apis/git/…/pullrequests`. Votes have no time here, so they make no reviews. */
export const azurePulls: JsonFormat = {
  shape: 'json',
  id: 'azure-pull-requests-json',
  name: 'Azure DevOps pull requests (API)',
  kind: 'delivery',
  fields: {
    of: 'pullRequest',
    read: {
      'repository.name': ['pullRequest.repository', 'key'],
      'repository.url': ['pullRequest.repository', 'key'],
      'repository.project.name': ['pullRequest.repository', 'key'],
      pullRequestId: ['pullRequest.number', 'key'],
      status: ['pullRequest.mergeSha', 'pullRequest.mergedAt', 'pullRequest.state'],
      'createdBy.displayName': 'account.name',
      'createdBy.uniqueName': ['account.id', 'pullRequest.author', 'key'],
      creationDate: 'pullRequest.createdAt',
      closedDate: ['pullRequest.closedAt', 'pullRequest.mergedAt'],
      title: 'pullRequest.title',
      description: 'pullRequest.agent',
      sourceRefName: 'pullRequest.headRef',
      isDraft: 'pullRequest.isDraft',
      'lastMergeCommit.commitId': 'pullRequest.mergeSha',
      'labels.*.name': 'pullRequest.labels',
      'workItemRefs.*.id': 'pullRequest.closes',
      url: ['pullRequest.repository', 'key'],
    },
    left: { _input: 'what a collector asked for' },
  },
  recognise(pages) {
    const marks = marksOf(firstObject(itemsOf(pages, 'value')), 'pullRequestId', 'creationDate', 'repository', 'status')
    return marks && `pull requests with ${marks}`
  },
  open(pages, context) {
    const accounts = new SaidAccounts()
    const records = jsonRecords(itemsOf(pages, 'value'), (item, sink) => judgePull(item, context, accounts, sink))
    return accepted({ records })
  },
}

/** `dev.azure.com/org/project/name`. */
function repositoryOf(item: JsonValue, context: ReadContext): string | null {
  const repository = ownField(item, 'repository')
  const [name, project] = [textOf(repository, 'name'), textOf(ownField(repository, 'project'), 'name')]
  const address = textOf(repository, 'url') ?? textOf(item, 'url') ?? ''
  const home = /^https?:\/\/(dev\.azure\.com\/[^/]+|[^/]+)\//.exec(address)?.[1]
  if (name === null || home === undefined) return context.choices.repository ?? null
  return [home.toLowerCase(), ...(project === null ? [] : [project]), name].join('/')
}

function judgePull(item: JsonValue, context: ReadContext, accounts: SaidAccounts, sink: RecordSink): void {
  const number = numberOf(item, 'pullRequestId')
  if (number === null)
    return sink.aside('pullRequestId', badRecord(JSON.stringify(item).slice(0, 80), 'a pull request with its id'))
  const repository = repositoryOf(item, context)
  if (repository === null) return sink.aside('repository', missing('the repository with its name and address'))
  const [createdAt, closedAt] = [momentOf(item, 'creationDate'), momentOf(item, 'closedDate')]
  if (createdAt === 'bad' || closedAt === 'bad')
    return sink.aside('creationDate', notATime(textOf(item, 'creationDate') ?? ''))
  if (createdAt === null) return sink.aside('creationDate', missing('when the pull request was opened'))
  const state = meantBy(STATES, textOf(item, 'status')) ?? 'open'
  const isMerged = state === 'merged' && closedAt !== null
  spokeOf(sink, [createdAt, closedAt])
  sink.fact(
    'pullRequest',
    {
      ...SILENT_PULL,
      repository,
      number,
      title: textOf(item, 'title'),
      state,
      isDraft: flagOf(ownField(item, 'isDraft')),
      author: textOf(ownField(item, 'createdBy'), 'uniqueName'),
      createdAt,
      mergedAt: isMerged ? closedAt : null,
      closedAt,
      mergeSha: isMerged ? textOf(fieldAt(item, 'lastMergeCommit'), 'commitId') : null,
      headRef: textOf(item, 'sourceRefName')?.replace(/^refs\/heads\//, '') ?? null,
      labels: joined((listOf(item, 'labels') ?? []).map((label) => textOf(label, 'name'))),
      closes: joined((listOf(item, 'workItemRefs') ?? []).map((work) => textOf(work, 'id'))),
      agent: agentOfText(textOf(item, 'description') ?? ''),
    },
    pullKey(repository, number),
  )
  const creator = ownField(item, 'createdBy')
  accounts.tell(sink, {
    source: 'azure-devops',
    id: textOf(creator, 'uniqueName'),
    name: textOf(creator, 'displayName'),
  })
}
