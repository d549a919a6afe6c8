package io.freshet.worker.lifecycle;

import io.freshet.message.WorkMessage;
import io.smallrye.mutiny.Multi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * What one of many that drain the same runs tries for between two looks at storage.
 *
 * @param isAll whether it is all that is open
 */
record Share(Multi<WorkMessage> messages, boolean isAll) {
    /** Open items that a look takes in: a page of a listing. */
    static final int SEEN = 5_000;

    /** Small enough that few of it have been taken by others meanwhile, large enough that looks cost little. */
    private static final int SHARES = 32;

    private static final int FEW = 4;

    /** At random, so that those who look at the same time try for different items. */
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
