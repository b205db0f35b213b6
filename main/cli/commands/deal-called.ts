import type { DealId } from '../../../src/protocol/index.ts';
import type { Cli } from '../command.ts';
import { UsageError } from '../output.ts';

/** A deal by its id or by the beginning of it, among the newest. */
export async function dealCalled({ session }: Cli, text: string): Promise<DealId> {
  const { deals } = await session.call('deals.list', { limit: 1_000 });
  const found = [...new Set(deals.map(({ deal }) => deal))].filter((id) => id.startsWith(text));
  const [only, ...others] = found;
  if (only && others.length === 0) return only;
  if (only) throw new UsageError(`"${text}" begins ${found.length} deals: write more of it.`);
  throw new UsageError(`No deal begins with "${text}". See: souk deals`);
}
