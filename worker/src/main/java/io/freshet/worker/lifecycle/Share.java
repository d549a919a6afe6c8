package io.freshet.worker.lifecycle;

import io.freshet.message.WorkMessage;
import io.smallrye.mutiny.Multi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * The items that one of many workers draining the same runs tries to claim between two listings.
 *
 * @param isAll whether the share is everything that is open
 */
record Share(Multi<WorkMessage> messages, boolean isAll) {
    /** Open items seen at a time: a page of a listing. */
    static final int SEEN = 5_000;

    /** Small enough that others take few of its items meanwhile, large enough that listing costs little. */
    private static final int SHARES = 32;

    private static final int FEW = 4;

    /** Random, so that workers that list at the same time try for different items. */
    static Share of(List<WorkMessage> open, int concurrency, RandomGenerator random) {
        int size = Math.max(FEW * concurrency, open.size() / SHARES);
        if (open.size() <= size) {
            return new Share(Multi.createFrom().iterable(open), true);
        }
        List<WorkMessage> mixed = new ArrayList<>(open);
        Collections.shuffle(mixed, Random.from(random));
        return new Share(Multi.createFrom().iterable(mixed.subList(0, size)), false);
    }
}
