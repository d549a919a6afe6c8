package io.freshet.worker.claim;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Transient;
import io.smallrye.mutiny.Uni;

import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** The right to work on an item, until it is ended or lost. Whoever works under it is told when it is lost. */
public abstract sealed class Claim permits LeaseClaim, MessageClaim {
    private final AtomicReference<State> state = new AtomicReference<>(State.HELD);
    private final CopyOnWriteArrayList<Runnable> whenLost = new CopyOnWriteArrayList<>();

    private enum State {
        HELD,
        LOST,
        ENDED
    }

    public final boolean isHeld() {
        return state.get() == State.HELD;
    }

    /** Runs the action when the claim is lost, at once if it is already. */
    public final void onLost(Runnable action) {
        whenLost.add(action);
        if (state.get() == State.LOST && whenLost.remove(action)) {
            action.run();
        }
    }

    /** Asks whether the claim is still ours; fails as transient with LEASE_LOST if it is not. */
    public abstract Uni<Void> confirm();

    /** Ends the claim: the item is done. False if somebody had closed it before. */
    public abstract Uni<Boolean> complete();

    /** Notes something about the item for those who come next; false if the claim is not ours any more. */
    public abstract Uni<Boolean> mark(Map<String, String> metadata);

    /** Ends the claim and leaves the item to others. */
    public abstract Uni<Void> release();

    /** What is claimed, for people. */
    abstract String subject();

    /** Whatever kept the claim alive stops. */
    abstract void stopKeeping();

    /** What to fail with when the claim is lost. */
    public final Transient lost() {
        return new Transient(FailureCode.LEASE_LOST, "The claim on " + subject() + " was lost", null);
    }

    /** Stops the work under this claim because the worker stops; whoever worked releases it. */
    final void abandon() {
        lose();
    }

    /** The claim is lost; false if it was not held any more. */
    final boolean lose() {
        if (!state.compareAndSet(State.HELD, State.LOST)) {
            return false;
        }
        stopKeeping();
        whenLost.forEach(action -> {
            if (whenLost.remove(action)) {
                action.run();
            }
        });
        return true;
    }

    /** Nothing keeps the claim alive any more; it is left to whoever ends it, or runs out. */
    final void end() {
        state.set(State.ENDED);
        stopKeeping();
    }
}
