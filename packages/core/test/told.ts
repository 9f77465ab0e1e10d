/** The text of the error that `action` throws; the text is the product. */
export function told(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
}

/** A value that the compiler would refuse, as a caller without types passes it. */
export function untyped(value: unknown): never {
  return value as never;
}
