// The preload script's world: its `require('electron')` and its half of the contextBridge.
const standIn = (() => {
  const send = (name, detail) =>
    window.dispatchEvent(new CustomEvent(`stand-in:${name}`, { detail: JSON.stringify(detail) }));
  const on = (name, listener) =>
    window.addEventListener(`stand-in:${name}`, (event) => listener(JSON.parse(event.detail)));
  const functions = new Map();
  const exposed = new Map();
  const asked = new Map();
  const listeners = new Map();
  let promises = 0;

  const encode = (value) => {
    if (typeof value === 'function') {
      functions.set(String(functions.size), value);
      return { f: String(functions.size - 1) };
    }
    if (value instanceof Promise) {
      promises += 1;
      const p = promises;
      value.then(
        (result) => send('settled', { p, value: encode(result) }),
        // As Electron: of an error only its message crosses.
        (error) => send('settled', { p, error: String(error?.message ?? error) }),
      );
      return { p };
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { v: value };
    const members = Object.entries(value).map(([name, each]) => [name, encode(each)]);
    return { o: Object.fromEntries(members) };
  };
  const decode = ({ f, v }) => {
    if (f === undefined) return v;
    return (...args) => send('callback', { f, args });
  };
  const expose = (key) => send('expose', { key, api: exposed.get(key) });

  on('hello', () => {
    for (const key of exposed.keys()) expose(key);
  });
  on('call', ({ id, args }) => {
    try {
      send('returned', encode(functions.get(id)(...args.map(decode))));
    } catch (error) {
      send('returned', { error: String(error?.message ?? error) });
    }
  });

  const electron = {
    contextBridge: {
      exposeInMainWorld: (key, api) => {
        exposed.set(key, encode(api));
        expose(key);
      },
    },
    ipcRenderer: {
      invoke: (channel, ...args) =>
        new Promise((resolve, reject) => {
          const id = String(asked.size);
          asked.set(id, { resolve, reject });
          globalThis.standInAsk(JSON.stringify({ id, channel, args }));
        }),
      on: (channel, listener) => {
        listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      },
    },
  };
  return {
    require: (name) => {
      if (name === 'electron') return electron;
      throw new Error(`module not found: ${name}`);
    },
    answer: ({ id, value, error }) => {
      const { resolve, reject } = asked.get(id);
      if (error === undefined) resolve(value);
      else reject(new Error(error));
    },
    emit: ({ channel, args }) => {
      for (const listener of listeners.get(channel) ?? []) listener({}, ...args);
    },
  };
})();
globalThis.standIn = standIn;
