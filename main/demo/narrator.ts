import { styleText } from 'node:util';

/** Tells the demo's story, a scene at a time. */
export interface Narrator {
  title(text: string): void;
  /** A new scene, with the section or figure of the paper that it shows. */
  scene(title: string, paper: string): void;
  /** A paragraph. */
  say(text: string): void;
  /** One step: a mark as `(3)`, who to whom, what. */
  step(mark: string, who: string, what: string): void;
  /** Columns: the first to the left, the others to the right; the first row is the head. */
  table(rows: readonly (readonly string[])[]): void;
  /** Something that was compared and found right. */
  proof(text: string): void;
}

const silence = () => {};

/** For `--json`: nothing but the result is printed. */
export const silentNarrator: Narrator = {
  title: silence,
  scene: silence,
  say: silence,
  step: silence,
  table: silence,
  proof: silence,
};

type Style = Parameters<typeof styleText>[0];

const columns = 80;
const margin = '  ';
const whoWidth = 19;
const markWidth = 6;

/** Each actor has one color, wherever its name stands. */
const colors: Readonly<Record<string, Style>> = {
  'money.com': 'yellow',
  Alice: 'cyan',
  Bob: 'green',
  Carol: 'magenta',
  Dave: 'blueBright',
  Erin: 'redBright',
  Frank: 'yellowBright',
};
const names = new RegExp(
  `(?<![\\w.])(?:${Object.keys(colors).join('|').replace('.', '\\.')})(?!\\w)`,
  'g',
);

/** On a terminal, in color where it takes colors; else, or with NO_COLOR, in plain text. */
export function terminalNarrator(stream: NodeJS.WritableStream): Narrator {
  const style = (format: Style, text: string) => styleText(format, text, { stream });
  const paint = (text: string) =>
    text.replace(names, (name) => style(colors[name] ?? 'bold', name));
  const line = (text = '') => void stream.write(`${text}\n`);
  let scenes = 0;
  let last: keyof Narrator | undefined;
  /** An empty line between things of different kinds. */
  const begin = (kind: keyof Narrator) => {
    if (kind !== last && last !== 'scene' && last !== undefined) line();
    last = kind;
  };
  return {
    title: (text) => {
      line();
      line(margin + style('bold', text));
      begin('title');
    },
    scene: (title, paper) => {
      scenes += 1;
      begin('scene');
      const room = columns - margin.length * 2 - title.length - paper.length - 6;
      const rule = style('dim', '─'.repeat(Math.max(2, room)));
      line(
        `${margin}${style('bold', `${scenes}`.padStart(2))}  ${style('bold', title)} ${rule} ${style('dim', paper)}`,
      );
      line();
    },
    say: (text) => {
      begin('say');
      for (const each of wrap(text, columns - margin.length * 2)) line(margin + paint(each));
    },
    step: (mark, who, what) => {
      begin('step');
      const indent = margin.length + markWidth + whoWidth;
      wrap(what, columns - indent - 2).forEach((each, i) => {
        const head = style('bold', mark.padEnd(markWidth)) + paint(who.padEnd(whoWidth));
        line((i === 0 ? margin + head : ' '.repeat(indent)) + paint(each));
      });
    },
    table: (rows) => {
      begin('table');
      const widths = widthsOf(rows);
      rows.forEach((row, i) => {
        const text = row
          .map((cell, at) =>
            at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
          )
          .join('  ');
        line(margin + (i === 0 ? style('dim', text) : paint(text)));
      });
    },
    proof: (text) => {
      begin('proof');
      wrap(text, columns - margin.length - 4).forEach((each, i) => {
        line(margin + (i === 0 ? style('green', '✓ ') : '  ') + paint(each));
      });
    },
  };
}

function widthsOf(rows: readonly (readonly string[])[]): readonly number[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: count }, (_, at) =>
    Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  );
}

/** Lines of at most so many characters; a word that is longer has a line of its own. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
