import type { ReactNode } from 'react'
import { discardImport, readFiles } from '../../commands/index.ts'
import { Button, Icon, Page, PageHeader, Panel, Tabs, countOf } from '../../parts/index.ts'
import { type ImportJob, useJobs } from '../../stores/jobs.ts'
import { useWorkbook } from '../../stores/workbook.ts'
import { commitAndTell } from './commit-and-tell.ts'
import { ChooseFilesButton } from './choose-files-button.tsx'
import { FileDrop } from '../../parts/file-drop.tsx'
import { GitCloneButton } from './git-clone-button.tsx'
import { ImportCard } from './import-card.tsx'
import { ImportHistory } from './import-history.tsx'
import { tellJobs } from './import-questions.ts'
import { OwnershipTab } from './ownership/ownership-tab.tsx'
import { PeopleTab } from './people/people-tab.tsx'
import { PricesTab } from './prices/prices-tab.tsx'
import './data.css'

/** Exports come in here: what they are and what becomes of every row is shown before anything is taken over. */
export function DataView() {
  const jobs = useJobs((state) => state.imports)
  const imports = useWorkbook((workbook) => workbook.imports)
  const isFirst = jobs.length === 0 && imports.length === 0
  return (
    <FileDrop label="Drop to read; nothing is imported before you say so" onFiles={(files) => void readFiles(files)}>
      <Page>
        <PageHeader
          title="Data"
          actions={
            !isFirst && (
              <>
                <GitCloneButton />
                <ChooseFilesButton variant={jobs.length === 0 ? 'primary' : 'plain'}>Import files</ChooseFilesButton>
              </>
            )
          }
        >
          {imports.length === 0
            ? 'Usage and delivery exports, read on this machine'
            : `${countOf(imports.length, 'file')} imported`}
        </PageHeader>
        {isFirst ? (
          <FirstImport />
        ) : (
          <Tabs
            label="Parts of the data"
            tabs={[
              {
                id: 'imports',
                label: 'Imports',
                content: (
                  <Part>
                    {jobs.length > 0 && <Jobs jobs={jobs} />}
                    {imports.length > 0 && <ImportHistory imports={imports} />}
                  </Part>
                ),
              },
              {
                id: 'prices',
                label: 'Prices',
                content: (
                  <Part>
                    <PricesTab />
                  </Part>
                ),
              },
              {
                id: 'people',
                label: 'People',
                content: (
                  <Part>
                    <PeopleTab />
                  </Part>
                ),
              },
              {
                id: 'ownership',
                label: 'Ownership',
                content: (
                  <Part>
                    <OwnershipTab />
                  </Part>
                ),
              },
            ]}
          />
        )}
      </Page>
    </FileDrop>
  )
}

function Part({ children }: { readonly children: ReactNode }) {
  return <div className="data-tab">{children}</div>
}

function Jobs({ jobs }: { readonly jobs: readonly ImportJob[] }) {
  const staged = jobs.filter(({ state }) => state.kind === 'staged')
  const ready = staged.map(({ id }) => id)
  return (
    <section className="import-jobs" aria-label="Files to import">
      <header className="row row-wrap">
        <h2>To import</h2>
        <span className="dim grow">{jobs.length > 1 && tellJobs(jobs)}</span>
        {jobs.length > 1 && (
          <>
            <Button size="small" variant="ghost" onPress={() => jobs.forEach(({ id }) => discardImport(id))}>
              Discard all
            </Button>
            {ready.length > 0 && (
              <Button size="small" variant="primary" onPress={() => void commitAndTell(ready)}>
                {`Import ${countOf(ready.length, 'file')}`}
              </Button>
            )}
          </>
        )}
      </header>
      {jobs.map((job) => (
        <ImportCard key={job.id} job={job} isAlone={jobs.length < 4} />
      ))}
    </section>
  )
}

const KNOWN: readonly (readonly [title: string, text: string])[] = [
  [
    'AI usage and cost',
    'Anthropic, OpenAI, Cursor and GitHub Copilot (CSV and API), FOCUS and the AWS report, gateways (LiteLLM, OpenRouter, Langfuse), Claude Code and Codex',
  ],
  [
    'Changes',
    'A git clone on this machine, or its log; pull requests of GitHub (gh, REST, GraphQL), GitLab and Azure DevOps',
  ],
  ['Work items', 'Jira (CSV, status changes, data pipeline), Linear, Azure DevOps, issues of GitHub and GitLab'],
  [
    'Deployments and incidents',
    'GitHub and GitLab deployments, PagerDuty, Opsgenie, tables of DevLake, or a CSV with one row each: service, time, result',
  ],
  ['Teams', 'CODEOWNERS, or a CSV of paths, keys or people and their team'],
  ['A file of your own', 'Any CSV of usage, changes, work, deployments or incidents: you say which column means what'],
]

function FirstImport() {
  return (
    <Panel>
      <div className="first-import">
        <span className="empty-state-icon">
          <Icon name="import" size={22} />
        </span>
        <h2>Drop your exports here</h2>
        <p className="dim">
          Files are recognised by what is in them. You see every row’s fate before anything is taken over, and can take
          an import back whole.
        </p>
        <div className="row row-wrap first-import-ways">
          <ChooseFilesButton variant="primary" size="large">
            Choose files
          </ChooseFilesButton>
          <GitCloneButton size="large" />
        </div>
        <dl className="first-import-kinds">
          {KNOWN.map(([title, text]) => (
            <div key={title}>
              <dt>{title}</dt>
              <dd className="dim small">{text}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Panel>
  )
}
