/** Keeps a secret as the system keeps passwords. */
export interface Vault {
  /**
   * How well: `system` under the login of the person, `hidden` where Linux has no keyring and the secret is
   * only made unreadable to the eye, `none` where nothing can be kept.
   */
  strength(): Promise<'system' | 'hidden' | 'none'>;
  seal(secret: string): Promise<Buffer>;
  /** Throws where it was sealed by another system or person. `stale`: seal it again, with a newer key. */
  open(sealed: Buffer): Promise<{ readonly secret: string; readonly stale: boolean }>;
}
