import { safeStorage } from 'electron';
import type { Vault } from './vault.ts';

/** The keychain, the credential store or the keyring; asked without blocking the program. */
export const systemVault: Vault = {
  strength: async () => {
    if (!(await safeStorage.isAsyncEncryptionAvailable())) return 'none';
    const hidden =
      process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
    return hidden ? 'hidden' : 'system';
  },
  seal: (secret) => safeStorage.encryptStringAsync(secret),
  open: async (sealed) => {
    const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(sealed);
    return { secret: result, stale: shouldReEncrypt };
  },
};
