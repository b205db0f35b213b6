import { protocol } from 'electron';

export const appScheme = 'app';

type Answer = (request: Request) => Response | Promise<Response>;

/** Makes `app://` a secure origin of its own, as a site has one. MUST be called before the program is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** What `app://` serves, by host: the screen under `souk`, and others while they are wanted. */
export class AppHosts {
  readonly #answers = new Map<string, Answer>();

  /** Begins to serve. */
  serve(): void {
    protocol.handle(appScheme, async (request) => {
      const answer = this.#answers.get(new URL(request.url).host);
      return answer ? await answer(request) : new Response(undefined, { status: 404 });
    });
  }

  set(host: string, answer: Answer): void {
    this.#answers.set(host, answer);
  }

  remove(host: string): void {
    this.#answers.delete(host);
  }
}
