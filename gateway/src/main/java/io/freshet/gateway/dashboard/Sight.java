package io.freshet.gateway.dashboard;

import io.smallrye.mutiny.Uni;

import java.util.List;

/**
 * What can be looked at.
 *
 * @param <T> what a look into storage finds
 */
interface Sight<T> {

    /** Looks into storage; touches nothing here. */
    Uni<T> look();

    /** Takes what a look has found; gives what has changed since the one before. Never called twice at once. */
    List<Told> changes(T found);

    /** All of it, for somebody who knows nothing. Never called before the first {@link #changes}. */
    List<Told> whole();
}
