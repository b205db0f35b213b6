import { useState } from 'react';
import { tellDone, tellProblem } from '../../components/tell.ts';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';
import { noteRestartNeeded } from './restart-needed.ts';
import {
  patchOf,
  realChanges,
  type SettingChanges,
  type SettingPath,
  type SettingProblem,
  type SettingValues,
  settingAt,
  settingProblems,
} from './setting-values.ts';
import { useReadable } from './use-readable.ts';

export interface SettingsForm {
  /** What the field shows: as changed here, else as kept. */
  get<P extends SettingPath>(path: P): SettingValues[P];
  set<P extends SettingPath>(path: P, value: SettingValues[P]): void;
  errorOf(path: SettingPath): string | undefined;
  readonly changed: boolean;
  readonly busy: boolean;
  save(): Promise<boolean>;
  undo(): void;
}

/** A part of the settings to be changed and saved together; undefined until the settings are known. */
export function useSettingsForm(): SettingsForm | undefined {
  const t = useTexts();
  const readable = useReadable();
  const settings = useAnswer('settings.get', {}).data;
  const { run, busy } = useCommand('settings.set', { quiet: true });
  const [changes, setChanges] = useState<SettingChanges>({});
  const [problems, setProblems] = useState<readonly SettingProblem[]>([]);
  if (!settings) return undefined;
  const real = realChanges(settings, changes);
  const save = async () => {
    const answer = await run({ patch: patchOf(real) });
    if (answer.ok) {
      setChanges({});
      setProblems([]);
      if (answer.value.restartNeeded) noteRestartNeeded();
      tellDone(t('settings.saved'));
      return true;
    }
    const found = answer.error.code === 'bad-request' ? settingProblems(answer.error.detail) : [];
    setProblems(found);
    const beside = found.some(({ path }) => path !== undefined && Object.hasOwn(real, path));
    if (!beside) tellProblem(answer.error);
    return false;
  };
  return {
    get: (path) =>
      Object.hasOwn(changes, path)
        ? (changes[path] as SettingValues[typeof path])
        : settingAt(settings, path),
    set: (path, value) => {
      setChanges((before) => ({ ...before, [path]: value }));
      setProblems((before) => before.filter((problem) => problem.path !== path));
    },
    errorOf: (path) => {
      const problem = problems.find((each) => each.path === path);
      return problem && readable(problem.text);
    },
    changed: Object.keys(real).length > 0,
    busy,
    save,
    undo: () => {
      setChanges({});
      setProblems([]);
    },
  };
}
