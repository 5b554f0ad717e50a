import { Component, type ErrorInfo, type ReactNode } from 'react'
import { Button } from '../parts/index.ts'
import { writeReport } from './write-report.ts'

interface Props {
  /** What is inside, in the reader's words. */
  readonly of: string
  readonly children: ReactNode
}
interface State {
  readonly report: string | null
}

/** A fault of ours inside one place: the rest stays open, and what happened can be copied. */
export class ErrorBoundary extends Component<Props, State> {
  override readonly state: State = { report: null }

  static getDerivedStateFromError(fault: unknown): State {
    return { report: writeReport(fault, '', navigator.userAgent) }
  }

  override componentDidCatch(fault: Error, info: ErrorInfo): void {
    this.setState({ report: writeReport(fault, info.componentStack ?? '', navigator.userAgent) })
  }

  override render(): ReactNode {
    const { report } = this.state
    if (report === null) return this.props.children
    return (
      <div className="fault" role="alert">
        <h2>{this.props.of} stopped because of a fault in Quarterdeck</h2>
        <p className="dim">
          Your workbook is as it was; the other places go on working. Try again, or copy this report and send it to
          whoever looks after Quarterdeck for you. It holds no data of the workbook.
        </p>
        <textarea className="input mono" readOnly rows={10} value={report} aria-label="Report" />
        <div className="row">
          <Button variant="primary" onPress={() => this.setState({ report: null })}>
            Try again
          </Button>
          <Button onPress={() => void navigator.clipboard.writeText(report)}>Copy report</Button>
          <Button variant="ghost" onPress={() => location.reload()}>
            Reload
          </Button>
        </div>
      </div>
    )
  }
}
