import type { MethodOutput } from '../../bridge/contract.ts';
import type { Commands } from '../command.ts';
import { formatBytes, formatTime } from '../format.ts';
import type { Names } from '../names.ts';
import { table } from '../table.ts';
import { documentCalled } from './document-called.ts';

export function addKept({ program, action }: Commands): void {
  const kept = program
    .command('kept')
    .summary('copies of documents that you fetched for others, concealing where from');
  kept
    .command('list', { isDefault: true })
    .summary('show them, the one that goes first leading')
    .action(
      action(async ({ session, output }) => {
        const found = await session.call('library.kept', {});
        output.result(found, keptTable(found, await session.names()));
      }),
    );
  kept
    .command('drop <document>')
    .summary('delete a copy')
    .action(
      action(async ({ session, output }, id: string) => {
        await session.call('library.dropKept', { documentId: documentCalled(id) });
        output.result({ documentId: id }, `Dropped ${id}.`);
      }),
    );
}

function keptTable(found: MethodOutput<'library.kept'>, names: Names): string {
  const { budgetBytes, keptBytes, comingBytes, copies } = found;
  const coming = comingBytes > 0 ? `, ${formatBytes(comingBytes)} on the way` : '';
  const used = `${formatBytes(keptBytes)} of ${formatBytes(budgetBytes)} used${coming}`;
  if (copies.length === 0) return `No kept copies. ${used}`;
  const rows = copies.map(({ title, sizeBytes, seller, at, sold, documentId: id, inUse }) => [
    title,
    formatBytes(sizeBytes),
    names.nameOf(seller),
    formatTime(at),
    `${sold}`,
    inUse ? 'being sold' : '',
    id,
  ]);
  const columns = [
    { head: 'title', max: 48 },
    { head: 'size', align: 'right' },
    { head: 'from', max: 20 },
    { head: 'since' },
    { head: 'sold', align: 'right' },
    { head: '' },
    { head: 'document' },
  ] as const;
  return `${table(columns, rows)}\n${used}`;
}
