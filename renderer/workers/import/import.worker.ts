import { servePost } from '../parcels.ts'
import { serveJobs } from '../runner.ts'
import { makeImportJobs } from './import-jobs.ts'

servePost(self, (post) => serveJobs(self, makeImportJobs(post)))
