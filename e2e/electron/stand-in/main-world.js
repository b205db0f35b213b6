// The page's half of the stand-in's contextBridge. Only texts cross between the two worlds, as events.
(() => {
  const send = (name, detail) =>
    window.dispatchEvent(new CustomEvent(`stand-in:${name}`, { detail: JSON.stringify(detail) }));
  const callbacks = new Map();
  const promises = new Map();
  let calls = 0;
  let returned;

  const encode = (value) => {
    if (typeof value !== 'function') return { v: value };
    callbacks.set(String(callbacks.size), value);
    return { f: String(callbacks.size - 1) };
  };
  const decode = (told) => {
    if (told.f !== undefined) return proxy(told.f);
    if (told.p !== undefined) {
      return new Promise((resolve, reject) => promises.set(told.p, { resolve, reject }));
    }
    if (told.o === undefined) return told.v;
    return Object.freeze(
      Object.fromEntries(Object.entries(told.o).map(([name, each]) => [name, decode(each)])),
    );
  };
  const proxy =
    (id) =>
    (...args) => {
      calls += 1;
      send('call', { id, args: args.map(encode), call: calls });
      if (returned?.error !== undefined) throw new Error(returned.error);
      return decode(returned);
    };
  const on = (name, listener) =>
    window.addEventListener(`stand-in:${name}`, (event) => listener(JSON.parse(event.detail)));

  on('returned', (told) => {
    returned = told;
  });
  on('settled', ({ p, value, error }) => {
    const promise = promises.get(p);
    promises.delete(p);
    if (error === undefined) promise?.resolve(decode(value));
    else promise?.reject(new Error(error));
  });
  on('callback', ({ f, args }) => callbacks.get(f)?.(...args));
  on('expose', ({ key, api }) => {
    if (Object.hasOwn(window, key)) return;
    Object.defineProperty(window, key, { value: decode(api), enumerable: true });
  });
  send('hello', {});
})();
