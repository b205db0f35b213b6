import { Command } from 'commander';
import { experimentCommand } from './experiment-command.ts';

await new Command('simulate')
  .description('Markets of many peers in one process, in virtual time.')
  .addCommand(experimentCommand())
  .parseAsync();
