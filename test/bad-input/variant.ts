/** A way to spoil the `main.ts` of an app: replace `from` by `to`, as a hurried user, or one without types, would write it. */
export interface Variant {
  readonly title: string;
  readonly from: string;
  readonly to: string;
  /** Code of the one error that must come. */
  readonly code: string;
}

export const variant = (title: string, from: string, to: string, code: string): Variant => ({ title, from, to, code });
