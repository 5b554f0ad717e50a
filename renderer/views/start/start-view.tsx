import { importFiles } from '../import-files.ts'
import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import {
  chooseAndOpenWorkbook,
  openSample,
  openWorkbookFile,
  readFiles,
  showToast,
  startEmpty,
} from '../../commands/index.ts'
import { tellIssue } from '../../../shared/issues/index.ts'
import { Icon, type IconName, IconButton, Mark, Progress } from '../../parts/index.ts'
import { stopTask } from '../../commands/index.ts'
import { useJobs } from '../../stores/jobs.ts'
import { useWorkbook } from '../../stores/workbook.ts'
import { FileDrop } from '../../parts/file-drop.tsx'
import './start.css'

/** The first screen: what the product answers, and four ways in. */
export function StartView() {
  const tasks = useJobs((jobs) => jobs.tasks)
  const notice = useWorkbook((workbook) => workbook.notice)
  const [isStarting, setStarting] = useState(false)
  const isBusy = isStarting || tasks.length > 0

  async function begin(work: () => Promise<unknown>) {
    setStarting(true)
    try {
      await work()
    } finally {
      setStarting(false)
    }
  }

  async function takeFiles(files: readonly File[]) {
    const workbookFile = files.find(({ name }) => name.endsWith('.quarterdeck'))
    if (workbookFile) {
      const outcome = await openWorkbookFile(workbookFile.name, workbookFile)
      if (!outcome.ok) showToast(outcome.issues.map(tellIssue).join(' '), { tone: 'warn' })
      return
    }
    await startEmpty()
    await readFiles(files)
  }

  return (
    <FileDrop label="Drop exports or a workbook to begin" onFiles={(files) => void begin(() => takeFiles(files))}>
      <main className="start">
        <div className="start-inner">
          <div className="start-brand">
            <Mark size={32} />
            <span>Quarterdeck</span>
          </div>
          <h1>Plan the quarter whose scarcest resource is bought by the token</h1>
          <p className="start-lead">
            Put what agents cost beside what was delivered, hang every dollar on a key result, and ask what-if with
            odds. All on this machine; nothing is sent anywhere.
          </p>
          {notice !== null && (
            <p className="notice" role="status">
              <Icon name="info" />
              <span>{notice}</span>
            </p>
          )}
          <div className="start-ways" aria-busy={isBusy}>
            <Way
              isPrimary
              icon="sample"
              title="Open the sample"
              text="A made-up parcel company: 250 services, 12 teams, 26 weeks of usage and delivery, one quarter of OKRs."
              isDisabled={isBusy}
              run={() => void begin(openSample)}
            />
            <Way
              icon="import"
              title="Import your exports"
              text="Usage and cost files of Anthropic, Cursor, OpenAI, Copilot or your own; git log, pull requests, deployments, incidents."
              isDisabled={isBusy}
              run={() => void begin(() => startEmpty()).then(importFiles)}
            />
            <Way
              icon="file"
              title="Start empty"
              text="A blank workbook for a plan by hand; data can come later."
              isDisabled={isBusy}
              run={() => void begin(() => startEmpty())}
            />
            <Way
              icon="folder"
              title="Open a workbook file"
              text="A .quarterdeck file that you saved or were sent."
              isDisabled={isBusy}
              run={() => void begin(chooseAndOpenWorkbook)}
            />
          </div>
          <div className="start-tasks" role="status">
            {tasks.map((task) => (
              <div key={task.id} className="row">
                <span>{task.label}</span>
                <div className="grow">
                  <Progress label={task.label} share={task.share} />
                </div>
                {task.cancel && (
                  <IconButton label={`Cancel: ${task.label}`} icon="close" onPress={() => stopTask(task.id)} />
                )}
              </div>
            ))}
          </div>
          <p className="start-foot small faint">
            You can also drop files anywhere on this window. Quarterdeck is a planning model, not accounting advice.
          </p>
        </div>
      </main>
    </FileDrop>
  )
}

function Way({
  icon,
  title,
  text,
  run,
  isDisabled,
  isPrimary = false,
}: {
  readonly icon: IconName
  readonly title: string
  readonly text: string
  readonly run: () => void
  readonly isDisabled: boolean
  readonly isPrimary?: boolean
}) {
  return (
    <AriaButton className={isPrimary ? 'way primary' : 'way'} onPress={run} isDisabled={isDisabled}>
      <span className="way-icon">
        <Icon name={icon} size={20} />
      </span>
      <span className="way-words">
        <span className="way-title">{title}</span>
        <span className="way-text">{text}</span>
      </span>
      <Icon name="arrow-right" />
    </AriaButton>
  )
}
