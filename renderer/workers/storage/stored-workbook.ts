import type { FactPlace, ImportRecord, InPlace, KeptAside, Said, UsageShare } from '../../../shared/importers/index.ts'
import { changeRecords, type WorkbookRecords } from '../../../shared/workbook/index.ts'
import { type SourceFile, StorageError } from '../../database/index.ts'
import type { Runner } from '../runner.ts'
import type {
  Addressee,
  CommitWish,
  KeptSources,
  OpenedWorkbook,
  ReplaceWish,
  StorageAnswer,
  StorageJobs,
} from './storage-jobs.ts'

/**
 * The page's side of the stored workbook: records and the list of imports as they are stored, and the steps that change
 * them. Facts never come here. Failed steps throw a `StorageError` and change nothing; `storage/second-copy` alone means
 * that the step is stored and the second copy follows.
 */
export class StoredWorkbook {
  private readonly runner: Runner<StorageJobs>
  private shown: { readonly records: WorkbookRecords; readonly imports: readonly ImportRecord[] }
  readonly isOpen: boolean
  /** One sentence about how it was opened; null when there is nothing to say. */
  readonly notice: string | null

  private constructor(runner: Runner<StorageJobs>, { isOpen, notice, ...shown }: OpenedWorkbook) {
    this.runner = runner
    this.shown = shown
    this.isOpen = isOpen
    this.notice = notice
  }

  static async open(runner: Runner<StorageJobs>, mayStore: boolean): Promise<StoredWorkbook> {
    return new StoredWorkbook(runner, valueOf(await runner.run('open', { mayStore })))
  }

  get records(): WorkbookRecords {
    return this.shown.records
  }
  get imports(): readonly ImportRecord[] {
    return this.shown.imports
  }

  async commit(step: CommitWish): Promise<void> {
    const { diff = [], added = [], removed = [] } = step
    const answer = await this.runner.run('commit', step)
    if (!answer.ok) throw new StorageError(answer.code)
    const gone = new Set([...removed, ...added.map(({ record }) => record.id)])
    const stays = this.shown.imports.filter(({ id }) => !gone.has(id))
    this.shown = {
      records: changeRecords(this.shown.records, diff),
      imports: [...stays, ...added.map(({ record }) => record)].sort((a, b) => a.seq - b.seq),
    }
    valueOf(answer)
  }

  /** Puts another workbook in place of this one; `null` closes it. */
  async replace(workbook: ReplaceWish['workbook']): Promise<void> {
    const answer = await this.runner.run('replace', { workbook })
    if (answer.ok) this.shown = answer.value
    valueOf(answer)
  }

  keptAsideOf(id: string): Promise<readonly KeptAside[]> {
    return this.runner.run('keptAsideOf', { id })
  }

  /** Sends the facts of an import to another worker, under its id. */
  sendFacts(id: string, to: Addressee): Promise<void> {
    return this.runner.run('sendFacts', { id, to })
  }

  /** Sends what tells rows apart to the worker that reads files; of an import that waits, `parcel` names it. */
  sendHashes(id: string, parcel: string): Promise<void> {
    return this.runner.run('sendHashes', { id, parcel })
  }

  /** What rows of imports that wait say, by place; null where nothing of that name waits. */
  saidWaiting(places: readonly FactPlace[]): Promise<readonly (Said | null)[]> {
    return this.runner.run('saidWaiting', { places })
  }

  /** What an import that waits says of the windows; null where none of that name waits. */
  usageWaiting({ of, windows }: Pick<InPlace, 'of' | 'windows'>): Promise<UsageShare | null> {
    return this.runner.run('usageWaiting', { of, windows })
  }

  sendWorkbook(parcel: string): Promise<void> {
    return this.runner.run('sendWorkbook', { parcel })
  }

  sourceFile(id: string): Promise<SourceFile | null> {
    return this.runner.run('sourceFile', { id })
  }

  keptSources(): Promise<KeptSources> {
    return this.runner.run('keptSources', undefined)
  }

  async keepSource(file: SourceFile): Promise<void> {
    valueOf(await this.runner.run('keepSource', file))
  }

  async dropSources(): Promise<void> {
    valueOf(await this.runner.run('dropSources', undefined))
  }

  /** What was kept under exactly this text; `null` = nothing. */
  figuresOf(of: string): Promise<unknown> {
    return this.runner.run('figuresOf', { of })
  }

  keepFigures(of: string, figures: unknown): void {
    void this.runner.run('keepFigures', { of, figures }).catch(() => {})
  }

  /** Lets go of an import that waits. */
  forget(parcel: string): void {
    void this.runner.run('forget', { parcel }).catch(() => {})
  }

  close(): void {
    void this.runner.run('close', undefined).catch(() => {})
  }
}

function valueOf<T>(answer: StorageAnswer<T>): T {
  if (!answer.ok) throw new StorageError(answer.code)
  if (!answer.isCopied) throw new StorageError('storage/second-copy')
  return answer.value
}
