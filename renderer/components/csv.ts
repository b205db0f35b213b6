/** A value of a table: numbers go as they are, texts so that no program takes them for a formula. */
export type CsvCell = string | { readonly number: string } | undefined;

/**
 * A table as RFC 4180 says, with a byte order mark so that spreadsheets read it as UTF-8. Texts come from
 * other people: what begins as a formula would gets an apostrophe before it, also behind what begins a cell
 * in a spreadsheet that cuts lines elsewhere: in German they are cut at semicolons, quoted or not.
 */
export function csvText(head: readonly string[], rows: Iterable<readonly CsvCell[]>): string {
  const lines = [head.map(cellText).join(',')];
  for (const row of rows) lines.push(row.map(cellText).join(','));
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

/** The wide signs are taken for the narrow ones. */
const formula = /(^|[;\t\r\n])([^\S\t\r\n]*[=+\-@|%＝＋－＠])/g;

function cellText(cell: CsvCell): string {
  if (cell === undefined) return '';
  if (typeof cell !== 'string') return cell.number;
  const safe = cell.replace(formula, "$1'$2").replace(/^[\t\r\n]/, "'$&");
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Gives a person a file: the browser asks or puts it among the downloads. */
export function saveText(name: string, text: string, mediaType = 'text/csv;charset=utf-8'): void {
  const url = URL.createObjectURL(new Blob([text], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
