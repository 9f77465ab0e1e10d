/** A test that `build` throws, with its whole text. */
export function refuses(statement: string, build: () => unknown, text: string): void {
  test(`refuses ${statement}`, () => {
    let message = 'nothing was refused';
    try {
      build();
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toBe(text);
  });
}
