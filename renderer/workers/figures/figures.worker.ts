import { serveJobs } from '../runner.ts'
import { makeFigureJobs } from './figure-jobs.ts'

serveJobs(self, makeFigureJobs())
