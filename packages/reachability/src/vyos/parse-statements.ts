import { unjudged } from '../unjudged';
import { Statement } from './statement';

interface Token {
  readonly text: string;
  readonly line: number;
  readonly kind: 'word' | 'open' | 'close' | 'end';
}

/** Parts of the text, from left to right: comments, quoted words, braces, ends of lines, spaces, bare words. */
const PARTS = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\])*"|'[^']*'|[{}\n]|[^\S\n]+|[^\s{}"']+/y;

/**
 * Reads the form in which VyOS keeps its configuration, `config.boot`.
 * @throws REACH_UNJUDGED where it has another form
 * @see https://docs.vyos.io/en/latest/cli.html
 */
export function parseStatements(file: string, text: string): Statement {
  const tokens = tokensOf(file, text);
  let at = 0;
  const block = (opened: Token | undefined): Statement[] => {
    const found: Statement[] = [];
    let words: Token[] = [];
    const finish = (children: Statement[], line: number) => {
      const [name, value, more] = words;
      if (name === undefined) throw unjudged(file, line, 'a block without a name', 'write it like firewall {');
      if (more) throw unjudged(file, more.line, `"${words.map(w => w.text).join(' ')}"`, 'quote a value that has spaces');
      found.push(new Statement(file, name.line, name.text, value?.text, children));
      words = [];
    };
    for (;;) {
      const token = tokens[at++];
      if (token === undefined) {
        if (words.length > 0) finish([], words[0]?.line ?? 0);
        if (opened) throw unjudged(file, opened.line, 'a block that does not end', 'close it with }');
        return found;
      }
      if (token.kind === 'word') words.push(token);
      else if (token.kind === 'open') finish(block(token), token.line);
      else if (words.length > 0) finish([], token.line);
      if (token.kind === 'close') {
        if (!opened) throw unjudged(file, token.line, 'a } that closes nothing', 'remove it');
        return found;
      }
    }
  };
  return new Statement(file, 1, file, undefined, block(undefined));
}

function tokensOf(file: string, text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  PARTS.lastIndex = 0;
  while (PARTS.lastIndex < text.length) {
    const from = PARTS.lastIndex;
    const part = PARTS.exec(text)?.[0];
    if (part === undefined) throw unjudged(file, line, `"${text.slice(from, from + 20).split('\n')[0]}"`, 'close the quotes');
    if (part === '\n') tokens.push({ text: part, line, kind: 'end' });
    else if (part === '{') tokens.push({ text: part, line, kind: 'open' });
    else if (part === '}') tokens.push({ text: part, line, kind: 'close' });
    else if (part.startsWith('"')) tokens.push({ text: part.slice(1, -1).replace(/\\(.)/g, '$1'), line, kind: 'word' });
    else if (part.startsWith("'")) tokens.push({ text: part.slice(1, -1), line, kind: 'word' });
    else if (!part.startsWith('/*') && !part.startsWith('//') && part.trim() !== '') tokens.push({ text: part, line, kind: 'word' });
    line += part.split('\n').length - 1;
  }
  return tokens;
}
