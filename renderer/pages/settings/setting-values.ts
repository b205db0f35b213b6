import type { MethodInput, MethodOutput } from '../../../main/bridge/contract.ts';

export type Settings = MethodOutput<'settings.get'>;
export type SettingsPatch = MethodInput<'settings.set'>['patch'];

/** What the page changes, each by its place in the settings; undefined stands for "not said". */
export interface SettingValues {
  readonly 'market.name': string;
  readonly 'market.endpoints': readonly string[];
  readonly 'market.commission.flat': number;
  readonly 'market.commission.perMillion': number;
  readonly 'market.strategy': Settings['market']['strategy'];
  readonly 'market.concealment.surcharge.flat': number;
  readonly 'market.concealment.surcharge.perMillion': number;
  readonly 'market.concealment.budgetBytes': number;
  readonly 'market.compareBids': 'price' | 'risk-adjusted';
  readonly 'market.sealed.offer': Settings['market']['sealed']['offer'];
  readonly 'market.sealed.buy': Settings['market']['sealed']['buy'];
  readonly 'market.forwarding.enabled': boolean;
  readonly 'market.forwarding.fromDirectory': boolean;
  readonly 'market.forwarding.marginMs': number;
  readonly 'market.forwarding.neighborsMax': number;
  readonly 'market.ownSolicitationFee': number;
  readonly 'market.creditLimit': number;
  readonly 'market.settleAt': number | undefined;
  readonly 'market.search.budgetMs': number;
  readonly host: string;
  readonly port: number;
  readonly 'downloads.folder': string | undefined;
  readonly 'limits.uploadBytesPerSecond': number | undefined;
  readonly 'limits.downloadBytesPerSecond': number | undefined;
}
export type SettingPath = keyof SettingValues;
export type SettingChanges = { readonly [P in SettingPath]?: SettingValues[P] };

export function settingAt<P extends SettingPath>(settings: Settings, path: P): SettingValues[P] {
  let value: unknown = settings;
  for (const name of path.split('.')) {
    value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return value as SettingValues[P];
}

/** The merge patch that makes these changes; what is undefined goes back to its default. */
export function patchOf(changes: SettingChanges): SettingsPatch {
  const patch: SettingsPatch = {};
  for (const [path, value] of Object.entries(changes)) {
    const names = path.split('.');
    const last = names.pop() ?? path;
    let place: SettingsPatch = patch;
    for (const name of names) {
      const inner = place[name];
      const next: SettingsPatch = isPatch(inner) ? inner : {};
      place[name] = next;
      place = next;
    }
    place[last] = value === undefined ? null : Array.isArray(value) ? [...value] : (value as Plain);
  }
  return patch;
}

type Plain = string | number | boolean;

/** The changes that say something else than what is kept. */
export function realChanges(settings: Settings, changes: SettingChanges): SettingChanges {
  return Object.fromEntries(
    Object.entries(changes).filter(
      ([path, value]) =>
        JSON.stringify(value) !== JSON.stringify(settingAt(settings, path as SettingPath)),
    ),
  );
}

export interface SettingProblem {
  /** Absent where the peer named no place. */
  readonly path?: string;
  readonly text: string;
}

/** Reads the refusal of `settings.set`: what does not fit, and where. */
export function settingProblems(detail: string): readonly SettingProblem[] {
  const problems: SettingProblem[] = [];
  for (const part of detail.split('✖').slice(1)) {
    const [text = '', place] = part.split('→ at');
    const path = place?.trim().replace(/\[\d+\].*$/, '');
    problems.push({ text: text.trim(), ...(path !== undefined && { path }) });
  }
  return problems.length > 0 ? problems : [{ text: detail }];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPatch(value: unknown): value is SettingsPatch {
  return isObject(value);
}
