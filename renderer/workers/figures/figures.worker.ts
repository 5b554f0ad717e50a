import { servePost } from '../parcels.ts'
import { serveJobs } from '../runner.ts'
import { makeFigureJobs } from './figure-jobs.ts'

servePost(self, ({ fromStorage }) => serveJobs(self, makeFigureJobs(fromStorage)))
