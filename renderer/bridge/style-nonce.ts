/**
 * The nonce that lets a style element made by a library pass the content security policy (`styleNonce` of the sheet).
 * Empty where no policy is sent: the dev server and tests.
 */
export function styleNonce(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')
  return meta?.nonce ?? ''
}
