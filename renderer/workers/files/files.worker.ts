import { servePost } from '../parcels.ts'
import { serveJobs } from '../runner.ts'
import { makeFileJobs } from './file-jobs.ts'

servePost(self, (post) => serveJobs(self, makeFileJobs(post)))
