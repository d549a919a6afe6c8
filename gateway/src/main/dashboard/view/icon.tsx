/** Fonts lack many of the usual signs, so they are drawn. */
const PATHS: Record<string, string> = {
  Pending: 'M8 2a6 6 0 1 0 .01 0M8 5v3l2 2',
  Running: 'M5 3l8 5-8 5z',
  Suspended: 'M4 3h3v10H4zM9 3h3v10H9z',
  Finalizing: 'M3 4h10M3 8h10M3 12h6',
  Complete: 'M3 8.500l3.500 3.500L13 4.500',
  CompleteWithErrors: 'M8 2l6.500 12h-13zM8 6.500v3.500M8 11.500v1',
  Failed: 'M4 4l8 8M12 4l-8 8',
  Canceled: 'M8 2a6 6 0 1 0 .01 0M4 4l8 8',
};
const FILLED = new Set(['Running', 'Suspended']);
const WORDS: Record<string, string> = { CompleteWithErrors: 'Complete with errors' };
const TONES: Record<string, string> = {
  Running: 'accent', Finalizing: 'accent', Complete: 'good', CompleteWithErrors: 'warn', Suspended: 'warn', Failed: 'bad',
};

export function Status({ status }: { status: string }) {
  return (
    <span class={`status ${TONES[status] ?? 'muted'}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true" class={FILLED.has(status) ? 'filled' : ''}><path d={PATHS[status] ?? PATHS.Pending!} /></svg>
      {word(status)}
    </span>
  );
}

export function word(status: string): string {
  return WORDS[status] ?? status;
}
