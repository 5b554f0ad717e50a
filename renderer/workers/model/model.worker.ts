import { serveJobs } from '../runner.ts'
import { modelJobs } from './model-jobs.ts'

serveJobs(self, modelJobs)
