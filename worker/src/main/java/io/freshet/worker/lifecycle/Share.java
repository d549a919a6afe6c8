package io.freshet.worker.lifecycle;

import io.freshet.message.WorkMessage;
import io.smallrye.mutiny.Multi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The items that one of many draining workers tries to claim between two looks at storage.
 *
 * @param isAll whether these are all open items
 */
record Share(Multi<WorkMessage> messages, boolean isAll) {
    /** How many open items a look considers: a page of a listing. */
    static final int SEEN = 5_000;

    /** A share is small enough that others claim few of it meanwhile, and large enough that looks cost little. */
    private static final int SHARES = 32;

    private static final int FEW = 4;

    /** At random, so that workers that look at the same time try different items. */
    static Share of(List<WorkMessage> open, int concurrency, Random random) {
        int size = Math.max(FEW * concurrency, open.size() / SHARES);
        if (open.size() <= size) {
            return new Share(Multi.createFrom().iterable(open), true);
        }
        List<WorkMessage> mixed = new ArrayList<>(open);
        Collections.shuffle(mixed, random);
        return new Share(Multi.createFrom().iterable(mixed.subList(0, size)), false);
    }
}
