import type { Failure } from '../transport/api';

export function FailureBox({ what, failure, again }: { what: string; failure: Failure; again: () => void }) {
  return (
    <div class="failure" role="alert">
      <p><strong>{what}.</strong> {failure.title}{failure.detail === '' ? '.' : `: ${failure.detail}`}</p>
      <button type="button" onClick={again}>Try again</button>
    </div>
  );
}
