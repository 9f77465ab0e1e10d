/** A way to spoil an app: replace `from` by `to` in its `main.ts`, or in the first file beside it that has `from`, as a hurried user, or one without types, would write it. */
export interface Variant {
  readonly title: string;
  readonly from: string;
  readonly to: string;
  /** Code of the one error that must come. */
  readonly code: string;
}

export const variant = (title: string, from: string, to: string, code: string): Variant => ({ title, from, to, code });
