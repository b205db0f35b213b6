/** A desktop entry (freedesktop.org, Autostart) that runs a program with one argument. */
export function autostartEntry(program: string, argument: string): string {
  return `${[
    '[Desktop Entry]',
    'Type=Application',
    'Name=Souk',
    `Exec=${quoted(program)} ${argument}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
  ].join('\n')}\n`;
}

/** Quoted for a shell-like reader, then escaped as every string of an entry, then `%` as no field code. */
function quoted(program: string): string {
  const forReader = program.replace(/["`$\\]/g, '\\$&');
  return `"${forReader.replaceAll('\\', '\\\\').replaceAll('%', '%%')}"`;
}
