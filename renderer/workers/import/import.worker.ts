import { serveJobs } from '../runner.ts'
import { makeImportJobs } from './import-jobs.ts'

serveJobs(self, makeImportJobs())
