import { serveJobs } from '../runner.ts'
import { makeModelJobs } from './model-jobs.ts'

serveJobs(self, makeModelJobs())
