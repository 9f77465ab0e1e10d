/** A module of the index: its class, and the types that come with it. */
export interface LazyModule {
  readonly file: string;
  readonly className: string;
  readonly types: readonly string[];
}

/**
 * The index: types as ever, but a class's module is loaded when the class is first asked for.
 *
 * An ordinary `export … from` would load them all. `Object.defineProperty` is written out for each, in the form in which Node
 * finds the names for `import { … }` from an ES module.
 *
 * @see https://github.com/nodejs/cjs-module-lexer#grammar
 */
export function lazyIndex(modules: readonly LazyModule[]): string {
  return [
    'const loaded: { [className: string]: unknown } = {};\n\n',
    'const lazy = {\n',
    ...modules.map(
      ({ file, className }) => `  get ${className}() {\n    return (loaded.${className} ??= require('./${file}').${className});\n  },\n`,
    ),
    '};\n',
    ...modules.map(({ file, className, types }) =>
      [
        `\nexport declare const ${className}: typeof import('./${file}').${className};\n`,
        `export type ${className} = import('./${file}').${className};\n`,
        `export type { ${types.join(', ')} } from './${file}';\n`,
        `Object.defineProperty(module.exports, '${className}', { enumerable: true, get: function () { return lazy.${className}; } });\n`,
      ].join(''),
    ),
  ].join('');
}
