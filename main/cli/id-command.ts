import { Command, type ParseOptionsResult } from 'commander';

/** Ids are written in base64url, so that some begin with a dash; short options have one letter here. */
const dashedId = /^-[A-Za-z0-9_][\w-]{3,}$/;
const mark = '\0';

/** A command that takes an id for an id, and for no option, whatever it begins with. */
export class IdCommand extends Command {
  override createCommand(name?: string): IdCommand {
    return new IdCommand(name);
  }

  override parseOptions(argv: string[]): ParseOptionsResult {
    const marked = argv.map((word, at) =>
      dashedId.test(word) && !this.#takesValue(argv[at - 1]) ? mark + word : word,
    );
    const { operands, unknown } = super.parseOptions(marked);
    return { operands: operands.map(unmarked), unknown: unknown.map(unmarked) };
  }

  #takesValue(word: string | undefined): boolean {
    const option = this.options.find(({ short, long }) => word === short || word === long);
    return option !== undefined && !option.isBoolean();
  }
}

function unmarked(word: string): string {
  return word.startsWith(mark) ? word.slice(mark.length) : word;
}
