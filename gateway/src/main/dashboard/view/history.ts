import { signal } from '@preact/signals';
import type { Run } from '../model/runs';
import { Failure, json } from '../transport/api';
import type { components } from '../transport/schema';
import { runs } from './state';

/** Runs that ended longer ago, page by page, as far as somebody looks. */
class History {
  readonly loading = signal(false);
  readonly exhausted = signal(false);
  readonly failure = signal<Failure | null>(null);
  /** pages that have been read */
  readonly pages = signal(0);
  private next = '';

  async more(): Promise<void> {
    if (this.loading.peek() || this.exhausted.peek()) return;
    this.loading.value = true;
    this.failure.value = null;
    try {
      const page = this.next === '' ? '' : `?page=${encodeURIComponent(this.next)}`;
      const found = await json<components['schemas']['RowPage']>(`dashboard/runs${page}`);
      runs.add(found.rows as Run[]);
      this.next = found.next ?? '';
      this.exhausted.value = this.next === '';
      this.pages.value++;
    } catch (error) {
      this.failure.value = error as Failure;
    } finally {
      this.loading.value = false;
    }
  }
}

export const older = new History();
