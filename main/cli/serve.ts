import { SoukError } from '../../src/problem.ts';
import { type OwnCurrency, ownCurrency } from '../../src/settings/index.ts';
import { type Headless, type HeadlessOptions, startHeadless } from '../headless.ts';
import { logLines } from '../log-lines.ts';
import { buildPage, findRunningScreen, openRenderer, screenUrl, showScreen } from '../ui/index.ts';
import type { Commands } from './command.ts';
import { type Output, UsageError } from './output.ts';
import { findPassphrase } from './passphrase.ts';

const interruptedExitCode = 130;
/** The last one comes where the terminal is closed. */
const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface ServeOptions {
  readonly name?: string;
  readonly host?: string;
  readonly port?: number;
  readonly endpoint?: readonly string[];
  readonly controlPort?: number;
  readonly passphraseFile?: string;
  readonly logLevel: string;
  readonly ui?: boolean;
  readonly demo?: boolean;
  readonly open?: boolean;
  readonly symbol?: string;
  readonly decimals: number;
  readonly feeFlat: number;
  readonly feePerMillion: number;
  readonly redeemableFor?: string;
}

/** Where it is served: what of the commands it needs. */
export type ServingPlace = Pick<Commands, 'terminal' | 'output' | 'dataDirectory'>;

/**
 * Runs a peer or an issuer until a signal, or who drives it, ends it. Throws where it cannot start; where
 * its screen was asked for and it runs already, that one's screen is shown instead.
 */
export async function serve(
  place: ServingPlace,
  role: 'peer' | 'issuer',
  options: ServeOptions,
): Promise<void> {
  let headless: Headless;
  try {
    headless = await start(place, role, options);
  } catch (error) {
    if (options.ui && (await showRunning(place, options, error))) return;
    throw error;
  }
  announce(place.output(), headless, place.dataDirectory(), options);
  if (options.ui) await show(place, newScreenUrl(headless), options);
  await untilEnded(headless);
}

/** False where the start failed for another reason, or the one that runs does not answer. */
async function showRunning(
  place: ServingPlace,
  options: ServeOptions,
  error: unknown,
): Promise<boolean> {
  if (!(error instanceof SoukError) || error.code !== 'data-directory-locked') return false;
  const dataDirectory = place.dataDirectory();
  const running = await findRunningScreen(dataDirectory);
  if (!running) return false;
  const { pid } = running;
  const screen = await running.newUrl();
  place
    .output()
    .result({ screen, pid }, `Process ${pid} runs this peer already. ${screenLine(screen)}`);
  await show(place, await running.newUrl(), options);
  return true;
}

/** Each opens one window: the one that is printed, and the one that is opened here. */
function newScreenUrl({ control, newTicket }: Headless): string {
  return screenUrl(control.url, newTicket());
}

function screenLine(screen: string): string {
  return `Its screen, for you alone, once, within ten minutes: ${screen}`;
}

async function show(place: ServingPlace, url: string, { open }: ServeOptions): Promise<void> {
  if (open === false) return;
  const kind = await showScreen(url, place.dataDirectory());
  const told = {
    window: 'It is open in a window of its own.',
    browser: 'It is open in your browser.',
    nowhere: 'No window can be opened here: open that address in a browser on this machine.',
  };
  place.output().note(told[kind ?? 'nowhere']);
}

async function start(
  place: ServingPlace,
  role: 'peer' | 'issuer',
  options: ServeOptions,
): Promise<Headless> {
  const dataDirectory = place.dataDirectory();
  const passphrase = await findPassphrase(place.terminal, dataDirectory, options.passphraseFile);
  const issues = currencyOf(options);
  if (options.ui) await buildPage((line) => place.output().note(line));
  const page = options.ui ? await openRenderer() : undefined;
  const log = logLines({ level: options.logLevel });
  const { name, host, port: listenPort, endpoint, controlPort } = options;
  const said: HeadlessOptions = {
    dataDirectory,
    role,
    log,
    ...(passphrase !== undefined && { passphrase }),
    ...(name !== undefined && { name }),
    ...(host !== undefined && { host }),
    ...(listenPort !== undefined && { port: listenPort }),
    ...(endpoint !== undefined && { endpoints: endpoint }),
    ...(controlPort !== undefined && { controlPort }),
    ...(issues !== undefined && { issues }),
    ...(options.demo && { demo: true }),
    ...(page && { page }),
  };
  return await startHeadless(said);
}

function currencyOf(options: ServeOptions): OwnCurrency | undefined {
  const { symbol, name, decimals, feeFlat, feePerMillion, redeemableFor } = options;
  if (symbol === undefined) return undefined;
  const parsed = ownCurrency.safeParse({
    name: name ?? symbol,
    symbol,
    decimals,
    fee: { flat: feeFlat, perMillion: feePerMillion },
    ...(redeemableFor !== undefined && { redeemableFor }),
  });
  if (parsed.success) return parsed.data;
  throw new UsageError('A symbol has 1 to 8 characters, a name at most 64.');
}

function announce(output: Output, headless: Headless, data: string, { ui }: ServeOptions): void {
  const { peer, endpoints, control } = headless;
  const screen = ui ? newScreenUrl(headless) : undefined;
  output.result(
    {
      ...{ peer, endpoints, dataDirectory: data, control: { url: control.url }, pid: control.pid },
      ...(screen !== undefined && { screen }),
    },
    `${peer} listens on ${endpoints.join(', ')}; drive it with: npx souk status --data ${data}${
      screen === undefined ? '' : `\n${screenLine(screen)}`
    }`,
  );
}

/** The first signal ends it in good order, the second at once. */
async function untilEnded(headless: Headless): Promise<void> {
  let asked = false;
  const end = () => {
    if (asked) process.exit(interruptedExitCode);
    asked = true;
    headless.stop().catch(() => undefined);
  };
  for (const signal of endingSignals) process.on(signal, end);
  try {
    await headless.ended;
  } finally {
    for (const signal of endingSignals) process.off(signal, end);
  }
}
