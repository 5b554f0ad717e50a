import '@fontsource-variable/inter'
import './styles/tokens.css'
import './styles/base.css'
import './styles/parts.css'
import './styles/forms.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { followPlace } from './app/follow-place.ts'
import { tellFaults } from './app/tell-faults.ts'
import { followOwnName, followTheme } from './app/theme.ts'
import { openAtStart } from './commands/index.ts'

tellFaults()
followTheme()
followOwnName()
followPlace()
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
void openAtStart()
