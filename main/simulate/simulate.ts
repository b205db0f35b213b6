import { Command } from 'commander';
import { checkCommand } from './check-command.ts';
import { experimentCommand } from './experiment-command.ts';
import { watchCommand } from './watch-command.ts';

await new Command('simulate')
  .description('Markets of many peers in one process, in virtual time.')
  .addCommand(checkCommand())
  .addCommand(experimentCommand())
  .addCommand(watchCommand())
  .parseAsync();
