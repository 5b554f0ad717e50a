import { type ComponentType, type LazyExoticComponent, Suspense, lazy } from 'react'
import { type PlaceId, useScreen } from '../stores/screen.ts'
import { DataView } from '../views/data/data-view.tsx'
import { OkrsView } from '../views/okrs/okrs-view.tsx'
import { SettingsView } from '../views/settings/settings-view.tsx'
import { WallView } from '../views/wall/wall-view.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { PLACE_NAMES } from './places.ts'

/** The sheet and the charts are large; they come when their place is first visited. */
const VIEWS: Readonly<Record<PlaceId, ComponentType | LazyExoticComponent<ComponentType>>> = {
  wall: WallView,
  data: DataView,
  metrics: lazy(async () => ({ default: (await import('../views/metrics/metrics-view.tsx')).MetricsView })),
  okrs: OkrsView,
  plan: lazy(async () => ({ default: (await import('../views/plan/plan-view.tsx')).PlanView })),
  scenarios: lazy(async () => ({ default: (await import('../views/scenarios/scenarios-view.tsx')).ScenariosView })),
  brief: lazy(async () => ({ default: (await import('../views/brief/brief-view.tsx')).BriefView })),
  settings: SettingsView,
}

export function PlaceView() {
  const place = useScreen((screen) => screen.place)
  const View = VIEWS[place]
  return (
    <main className="place-view" id="place" aria-label={PLACE_NAMES[place]} tabIndex={-1}>
      <ErrorBoundary key={place} of={PLACE_NAMES[place]}>
        <Suspense fallback={<p className="place-loading dim">Opening {PLACE_NAMES[place]}…</p>}>
          <View />
        </Suspense>
      </ErrorBoundary>
    </main>
  )
}
