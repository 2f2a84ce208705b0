// A request that found its session past waits here until its person has signed in again: nothing that was written is lost.

const NAME = 'datasens.signed-out';

interface Waiting {
  /** True once somebody is signed in again, false where they left. */
  readonly answer: (isBack: boolean) => void;
}

/** Asks whoever sits here to sign in again. False at once where no page can ask, and where they would rather leave. */
export function signInAgain(): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = new CustomEvent<Waiting>(NAME, { cancelable: true, detail: { answer: resolve } });
    // `preventDefault` says that a page took it up.
    if (dispatchEvent(asked)) resolve(false);
  });
}

/** Takes up what waits. Returns what stops it. */
export function onSignedOut(take: (waiting: Waiting) => void): () => void {
  const listener = (event: Event) => {
    event.preventDefault();
    take((event as CustomEvent<Waiting>).detail);
  };
  addEventListener(NAME, listener);
  return () => removeEventListener(NAME, listener);
}
